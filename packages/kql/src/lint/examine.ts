import { type CompileOptions, compile } from "../compile.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { list, nameOf, type OfficialColumn, type Syntax, walkSyntax } from "../syntax/tree.ts";
import { lintSyntax } from "./lint.ts";
import { type QueryNote, queryNote } from "./note.ts";
import { type TimeWindow, timeWindows } from "./timeWindows.ts";

/** All that can be told of a query without running it. */
export interface Examination {
  /** Why it can't be run: errors of KQL, or what we can't translate. */
  readonly diagnostics: readonly Diagnostic[];
  readonly notes: readonly QueryNote[];
  /** What Microsoft's binder says that it gives; undefined where it can't tell. */
  readonly columns: readonly OfficialColumn[] | undefined;
  /** Whether it may give columns that only rows can tell. */
  readonly open: boolean;
  /** Tables that it names. */
  readonly tables: readonly string[];
  /** Columns that it names. */
  readonly named: readonly string[];
  readonly windows: readonly TimeWindow[];
  /** Official names of its tabular operators and functions, for limits of the products. */
  readonly operators: readonly string[];
  readonly functions: readonly string[];
}

export interface ExamineOptions extends CompileOptions {
  /** Old names of tables, and today's. */
  readonly renamed: ReadonlyMap<string, string>;
}

/** Examines a query: what keeps it from running, and what is worth a second look. */
export function examine(text: string, options: ExamineOptions): Examination {
  let root: Syntax | undefined;
  const result = compile(text, {
    ...options,
    // Passes leave out columns that nobody reads, the event time of an unfiltered table among them.
    asBound: true,
    onParsed: (parsed) => {
      root = parsed;
    },
  });
  const windows = result.ok ? timeWindows(result.query.rel) : [];
  const last = root === undefined ? undefined : list(root, "Statements").at(-1)?.fields.Expression;
  const nodes = root === undefined ? [] : [...named(root)];
  return {
    diagnostics: result.ok ? [] : result.diagnostics,
    notes: [...(root === undefined ? [] : lintSyntax(text, root, options.renamed)), ...unfiltered(windows)],
    columns: last?.columns,
    open: last?.open ?? true,
    tables: result.ok ? result.query.tables : unique(nodes, "table"),
    named: unique(nodes, "column"),
    windows,
    operators: unique(nodes, "operator"),
    functions: unique(nodes, "function"),
  };
}

function unfiltered(windows: readonly TimeWindow[]): readonly QueryNote[] {
  const open = windows.filter(({ bounded }) => !bounded);
  const first = new Map(open.toReversed().map((window) => [window.table, window]));
  return [...first.values()].map(({ table, origin }) => queryNote("no-time-filter", origin, { table }));
}

interface Named {
  readonly sort: "table" | "column" | "operator" | "function";
  readonly name: string;
}

function* named(root: Syntax): Generator<Named> {
  for (const node of walkSyntax(root)) {
    if (node.kind.endsWith("Operator")) yield { sort: "operator", name: node.kind };
    if (node.kind === "FunctionCallExpression") yield { sort: "function", name: nameOf(node.fields.Name ?? node) };
    if (node.kind === "NameReference" && node.symbol?.sort === "TableSymbol")
      yield { sort: "table", name: node.symbol.name };
    if (node.kind === "NameReference" && node.symbol?.sort === "ColumnSymbol")
      yield { sort: "column", name: node.symbol.name };
  }
}

function unique(nodes: readonly Named[], sort: Named["sort"]): readonly string[] {
  return [...new Set(nodes.flatMap((node) => (node.sort === sort ? [node.name] : [])))];
}
