import type { Rel } from "../ir/rel.ts";
import { pruneColumns } from "./pruneColumns.ts";

/** One change of the plan that keeps its rows and columns. */
export type Pass = (rel: Rel) => Rel;

/** The passes in the order in which they run. */
export const passes: readonly Pass[] = [pruneColumns];

export function rewrite(rel: Rel): Rel {
  return passes.reduce((plan, pass) => pass(plan), rel);
}
