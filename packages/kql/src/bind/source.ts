import type { Rel } from "../ir/rel.ts";
import type { Syntax } from "../syntax/tree.ts";
import type { BindContext, Environment } from "./context.ts";

/** A tabular expression that begins a pipeline: `datatable`, `range`, `print`, `union`, … */
export interface TabularSource {
  readonly keyword: string;
  /** The official parser's node kinds, or `name()` for a tabular function. */
  readonly kinds: readonly string[];
  readonly approximate?: string;
  bind(node: Syntax, env: Environment, context: BindContext): Rel;
}

export function tabularSource(row: TabularSource): TabularSource {
  return row;
}
