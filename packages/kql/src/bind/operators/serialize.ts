import { window } from "../../ir/build.ts";
import type { Rel } from "../../ir/rel.ts";
import { list, type Syntax } from "../../syntax/tree.ts";
import type { BindContext } from "../context.ts";
import { type TabularOperator, tabularOperator } from "../operator.ts";
import { bindSerialized } from "../serialized.ts";
import { bindAssignments, extendWith } from "./extend.ts";

/** Fixes whatever order the rows come in, so that they can be numbered. */
export function serialized(input: Rel, node: Syntax, context: BindContext): Rel {
  if (input.ordering.length > 0) return input;
  const ordinal = context.newColumn("$ordinal", "long", false);
  const made = window(
    input,
    [{ column: ordinal, name: "row_number", args: [], partitionBy: [], orderBy: [], origin: node.span }],
    node.span,
  );
  return {
    ...made,
    columns: input.columns,
    hidden: [...input.hidden, ordinal],
    ordering: [{ column: ordinal.id, descending: false, nullsFirst: true }],
  };
}

export const serialize: TabularOperator = tabularOperator({
  keyword: "serialize",
  kinds: ["SerializeOperator"],
  bind: (node, input, env, context) =>
    bindSerialized(
      serialized(input, node, context),
      env,
      context,
      (scope) => bindAssignments(list(node, "Expressions"), scope),
      (rel, assignments) => (assignments.length === 0 ? rel : extendWith(rel, assignments, node, context)),
    ),
});
