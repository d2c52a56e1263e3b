import type { Scalar } from "../ir/scalar.ts";
import type { Syntax } from "../syntax/tree.ts";
import { convertTo } from "./call.ts";
import type { Scope } from "./context.ts";

/** A condition: numbers and `dynamic` count by their truth, null as false. */
export function bindPredicate(node: Syntax, scope: Scope): Scalar {
  return convertTo(scope.context.scalar(node, scope), "bool", node.span);
}
