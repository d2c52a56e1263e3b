import type { Rel } from "../ir/rel.ts";
import type { Syntax } from "../syntax/tree.ts";
import type { BindContext, Environment } from "./context.ts";

/** How one KQL tabular operator becomes relational nodes. */
export interface TabularOperator {
  /** As KQL spells it. */
  readonly keyword: string;
  readonly aliases?: readonly string[];
  /** The official parser's node kinds for it. */
  readonly kinds: readonly string[];
  /** Only where the operator is not exact. */
  readonly approximate?: string;
  bind(node: Syntax, input: Rel, env: Environment, context: BindContext): Rel;
}

export function tabularOperator(row: TabularOperator): TabularOperator {
  return row;
}
