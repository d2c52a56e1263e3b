import { refuse } from "../diagnostics/diagnostic.ts";
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
  /** Why the operator can't be had; the support matrix and the refusal say it. */
  readonly refused?: string;
  /** It takes the graph that `make-graph` gave; others take tables alone. */
  readonly overGraph?: true;
  bind(node: Syntax, input: Rel, env: Environment, context: BindContext): Rel;
}

export function tabularOperator(row: TabularOperator): TabularOperator {
  return row;
}

/** An operator that can't be had. */
export function refusedOperator(keyword: string, kinds: readonly string[], reason: string): TabularOperator {
  return {
    keyword,
    kinds,
    refused: reason,
    bind: (node) => refuse("unsupported-operator", node.span, { name: keyword, reason }),
  };
}
