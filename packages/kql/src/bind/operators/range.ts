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
    const array = call("range", [from, to, step], node.span);
    const element = context.newColumn("$element", "dynamic", true);
    const ordinal = context.newColumn("$ordinal", "long", false);
    const rows = unnest({
      input: oneRow(node.span),
      arrays: [{ column: element, value: array, bagAsArray: false }],
      index: ordinal,
      keepNull: false,
      columns: [element],
      hidden: [ordinal],
      ordering: [{ column: ordinal.id, descending: false, nullsFirst: true }],
      origin: node.span,
    });
    const shown = context.newColumn(nameOf(child(node, "Name")), type, false);
    return project(rows, [{ column: shown, value: convertTo(columnRef(element), type, node.span) }], node.span);
  },
});
