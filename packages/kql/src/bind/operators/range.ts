import { commonType } from "../../functions/resolve.ts";
import { project, unnest } from "../../ir/build.ts";
import { columnRef } from "../../ir/scalar.ts";

import { child, nameOf } from "../../syntax/tree.ts";
import { call, convertTo } from "../call.ts";
import { type TabularSource, tabularSource } from "../source.ts";
import { oneRow } from "./values.ts";

/** Both ends are included; a step in the wrong direction gives no row. */
export const range: TabularSource = tabularSource({
  keyword: "range",
  kinds: ["RangeOperator"],
  bind: (node, env, context) => {
    const scope = { columns: [], env, context };
    const [from, to, step] = ["From", "To", "Step"].map((name) => context.scalar(child(node, name), scope));
    if (from === undefined || to === undefined || step === undefined) return oneRow(node.span);
    const type =
      from.type === "datetime" || from.type === "timespan"
        ? from.type
        : (commonType([from.type, to.type, step.type]) ?? "long");
    const [first, last] = [convertTo(from, type, node.span), convertTo(to, type, node.span)];
    const ordinal = context.newColumn("$ordinal", "long", false);
    const rows = unnest({
      input: oneRow(node.span),
      arrays: [],
      count: call("range steps", [first, last, step], node.span),
      index: ordinal,
      keepNull: false,
      columns: [],
      hidden: [ordinal],
      ordering: [{ column: ordinal.id, descending: false, nullsFirst: true }],
      origin: node.span,
    });
    const shown = context.newColumn(nameOf(child(node, "Name")), type, false);
    const value = call("range step", [first, step, columnRef(ordinal)], node.span);
    return project(rows, [{ column: shown, value: convertTo(value, type, node.span) }], node.span);
  },
});
