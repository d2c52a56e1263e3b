import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import type { Rel } from "./ir/rel.ts";
import type { ColumnSchema } from "./values/schema.ts";

/** What a look at the rows told about an operator whose columns depend on them, such as `evaluate bag_unpack(…)`. */
export interface Discovered {
  /** Where the operator begins in the query's text. */
  readonly at: number;
  /** Which binding of that place: a function's body is bound for each of its calls. */
  readonly occurrence: number;
  /** Where its schema clause belongs; undefined where the query has one itself. */
  readonly schemaAt: number | undefined;
  /** The names found, and what kinds of values stand under them. */
  readonly found: readonly Found[];
  /** All output columns. */
  readonly columns: readonly ColumnSchema[];
}

export interface Found {
  readonly name: string;
  readonly kinds: readonly string[];
}

/** Thrown by binding where it can't go on without a look at the rows. */
export class DiscoveryNeeded extends Error {
  readonly request: DiscoveryRequest;
  constructor(request: DiscoveryRequest) {
    super("the columns depend on the rows");
    this.name = "DiscoveryNeeded";
    this.request = request;
  }
}

/** Rows of two texts, name and kind of value, and what they make of the operator's columns. */
export interface DiscoveryRequest extends Omit<Discovered, "found" | "columns"> {
  readonly query: Rel;
  columns(found: readonly Found[]): readonly ColumnSchema[];
  readonly diagnostic: Diagnostic;
}

/** Name and kind rows, grouped by name in the order of their characters. */
export function groupFound(rows: readonly (readonly unknown[])[]): readonly Found[] {
  const kinds = new Map<string, Set<string>>();
  for (const [name, kind] of rows) {
    const known = kinds.get(String(name)) ?? new Set();
    kinds.set(String(name), known.add(String(kind)));
  }
  const names = [...kinds.keys()].sort((a, b) => (a < b ? -1 : 1));
  return names.map((name) => ({ name, kinds: [...(kinds.get(name) ?? [])] }));
}
