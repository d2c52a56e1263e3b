import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { nearest } from "../diagnostics/nearest.ts";
import { type OfficialColumn, type Syntax, walkSyntax } from "../syntax/tree.ts";

const UNKNOWN_NAME = "KS142";
const UNKNOWN_TABLE = "KS204";
const UNKNOWN_FUNCTION = "KS211";

/** What names there are, to suggest from. */
export interface KnownNames {
  tables(): readonly string[];
  functions(): Iterable<string>;
}

/** Official messages about unknown names, with the table that lacks the column and the nearest names that exist. */
export function teach(item: Diagnostic, text: string, root: Syntax, known: KnownNames): Diagnostic {
  const name = text.slice(item.span.start, item.span.end).replace(/^\['?"?|"?'?\]$/g, "");
  switch (item.code) {
    case UNKNOWN_NAME: {
      const pipe = pipeAround(root, item.span.start);
      if (pipe === undefined) return item;
      const columns = pipe.fields.Expression?.columns ?? [];
      const of = sourceName(pipe);
      const where = of === undefined ? "" : ` of ${of}`;
      const close = nearest(
        name,
        columns.map((column) => column.name),
      );
      const hint = `${asked(close)}${fitting(columns, close, typeBeside(pipe, item.span.start))}`;
      return { ...item, message: `The name '${name}' does not refer to any known column${where}.${hint}` };
    }
    case UNKNOWN_TABLE:
      return { ...item, message: `${item.message}${suggestion(name, known.tables())}` };
    case UNKNOWN_FUNCTION:
      return { ...item, message: `${item.message}${suggestion(name, known.functions())}` };
    default:
      return item;
  }
}

const suggestion = (name: string, names: Iterable<string>): string => asked(nearest(name, names));

const MOST_FITTING = 5;

/** Columns of the type that is wanted; more than a few tell nothing. */
function fitting(columns: readonly OfficialColumn[], named: readonly string[], type: string | undefined): string {
  if (type === undefined) return "";
  const fit = columns.filter((column) => column.type === type && !named.includes(column.name));
  if (fit.length === 0 || fit.length > MOST_FITTING) return "";
  return ` Of type ${type}: ${fit.map((column) => `'${column.name}'`).join(", ")}.`;
}

/** The type of what the name at a place is compared or computed with. */
function typeBeside(pipe: Syntax, at: number): string | undefined {
  for (const node of walkSyntax(pipe)) {
    const { Left: left, Right: right } = node.fields;
    if (left === undefined || right === undefined) continue;
    const other = left.span.start === at && left.kind === "NameReference" ? right : undefined;
    const beside = other ?? (right.span.start === at && right.kind === "NameReference" ? left : undefined);
    if (beside !== undefined && !["", "unknown", "error"].includes(beside.type)) return beside.type;
  }
  return undefined;
}

function asked(close: readonly string[]): string {
  return close.length === 0 ? "" : ` Did you mean ${close.map((item) => `'${item}'`).join(" or ")}?`;
}

/** The innermost pipe in whose operator the place lies. */
function pipeAround(root: Syntax, at: number): Syntax | undefined {
  let found: Syntax | undefined;
  for (const node of walkSyntax(root)) {
    const operator = node.kind === "PipeExpression" ? node.fields.Operator : undefined;
    if (operator !== undefined && operator.span.start <= at && at < operator.span.end) found = node;
  }
  return found;
}

/** The stored table that a pipe begins with, as long as its columns are still the table's. */
function sourceName(pipe: Syntax): string | undefined {
  let node: Syntax | undefined = pipe.fields.Expression;
  while (node?.kind === "PipeExpression") node = node.fields.Expression;
  return node?.kind === "NameReference" && node.symbol?.sort === "TableSymbol" ? node.symbol.name : undefined;
}
