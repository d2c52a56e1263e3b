import { isClosed, type Known } from "../ir/free.ts";
import type { Rel } from "../ir/rel.ts";
import { childrenOf } from "../ir/walk.ts";

/** The nodes that stand in more than one place of a query and are worth a common table, in an order that defines before use. */
export function sharedNodes(root: Rel): readonly Rel[] {
  const counts = new Map<Rel, number>();
  const order: Rel[] = [];
  const visit = (rel: Rel): void => {
    const seen = counts.get(rel) ?? 0;
    counts.set(rel, seen + 1);
    if (seen > 0) return;
    for (const inner of childrenOf(rel)) visit(inner);
    order.push(rel);
  };
  visit(root);
  const nested = order.some((rel) => rel.kind === "apply" || rel.kind === "iterate");
  const known: Known = new Map();
  return order.filter((rel) => {
    if ((counts.get(rel) ?? 0) < 2 || rel.kind === "read" || rel.kind === "values") return false;
    return !nested || isClosed(rel, known);
  });
}
