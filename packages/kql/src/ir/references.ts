import type { Rel } from "./rel.ts";
import type { Scalar } from "./scalar.ts";
import { childrenOf, scalarsOf } from "./walk.ts";

/** Notes the columns that an expression reads, those read anywhere inside its queries too. */
export function noteReads(scalar: Scalar, into: Set<number>): void {
  switch (scalar.kind) {
    case "literal":
      return;
    case "column":
      into.add(scalar.id);
      return;
    case "call":
      for (const arg of scalar.args) noteReads(arg, into);
      return;
    case "scalarQuery":
      noteAllReads(scalar.query, into);
      return;
    case "inQuery":
      noteReads(scalar.value, into);
      noteAllReads(scalar.query, into);
  }
}

/** Notes the columns that the expressions of a plan read, at any depth. */
export function noteAllReads(rel: Rel, into: Set<number>, seen: Set<Rel> = new Set()): void {
  if (seen.has(rel)) return;
  seen.add(rel);
  for (const scalar of scalarsOf(rel)) noteReads(scalar, into);
  for (const inner of childrenOf(rel)) noteAllReads(inner, into, seen);
}
