import { isTolerated } from "./bind/tolerated.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import type { Discovered } from "./discovery.ts";
import type { DatabaseSymbols } from "./syntax/globals.ts";
import { type Insertion, schemaClause } from "./syntax/insertions.ts";
import { type OnPhase, type Parsed, parse } from "./syntax/parse.ts";
import type { ColumnSchema } from "./values/schema.ts";

/** A query as binding sees it. */
export interface ParsedQuery {
  readonly parsed: Parsed;
  readonly errors: readonly Diagnostic[];
  /** Properties that the query reads and no row has. */
  readonly absent: readonly string[];
}

/**
 * Parses with the columns that a look at the rows found written into the query. Names after them that are still
 * unknown are properties that no row has: they are columns of nulls.
 */
export function parseQuery(
  text: string,
  symbols: DatabaseSymbols,
  discovered: readonly Discovered[],
  onPhase?: OnPhase,
): ParsedQuery {
  const first = attempt(text, symbols, insertionsOf(discovered, new Map()), onPhase);
  if (discovered.length === 0 || first.errors.length === 0) return { ...first, absent: [] };
  const unknown = first.errors.filter((error) => error.code === "KS142");
  const absent = new Map<number, ColumnSchema[]>();
  for (const { span } of unknown) {
    const before = discovered.filter(({ schemaAt }) => schemaAt !== undefined && schemaAt <= span.start);
    const owner = before.reduce<number | undefined>(
      (last, { schemaAt }) => Math.max(last ?? 0, schemaAt ?? 0),
      undefined,
    );
    const name = text.slice(span.start, span.end);
    if (owner === undefined || !/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) continue;
    const known = absent.get(owner) ?? [];
    if (!known.some((column) => column.name === name)) absent.set(owner, [...known, { name, type: "dynamic" }]);
  }
  if (absent.size === 0) return { ...first, absent: [] };
  const second = attempt(text, symbols, insertionsOf(discovered, absent), onPhase);
  return { ...second, absent: [...absent.values()].flat().map((column) => column.name) };
}

function attempt(
  text: string,
  symbols: DatabaseSymbols,
  insertions: readonly Insertion[],
  onPhase: OnPhase | undefined,
): Omit<ParsedQuery, "absent"> {
  const parsed = parse(text, symbols, { insertions, ...(onPhase === undefined ? {} : { onPhase }) });
  const errors = parsed.diagnostics.filter((item) => item.severity === "error" && !isTolerated(item, parsed.root));
  return { parsed, errors };
}

function insertionsOf(
  discovered: readonly Discovered[],
  absent: ReadonlyMap<number, readonly ColumnSchema[]>,
): readonly Insertion[] {
  const places = new Map<number, ColumnSchema[]>();
  for (const { schemaAt, columns } of discovered) {
    if (schemaAt === undefined) continue;
    places.set(schemaAt, merged(places.get(schemaAt) ?? [], columns));
  }
  return [...places].map(([at, columns]) => ({ at, text: schemaClause(merged(columns, absent.get(at) ?? [])) }));
}

/** Columns of several calls of one function; where their types differ, `dynamic` holds both. */
function merged(known: readonly ColumnSchema[], more: readonly ColumnSchema[]): ColumnSchema[] {
  const result = [...known];
  for (const column of more) {
    const at = result.findIndex((item) => item.name === column.name);
    const found = result[at];
    if (found === undefined) result.push(column);
    else if (found.type !== column.type) result[at] = { name: column.name, type: "dynamic" };
  }
  return result;
}
