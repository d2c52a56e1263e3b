import { filter, project, union, window } from "../../ir/build.ts";
import type { Item, Rel } from "../../ir/rel.ts";
import { columnRef, literal } from "../../ir/scalar.ts";
import { call as callFunction, convertTo } from "../call.ts";
import type { Plugin } from "./define.ts";

export const narrow: Plugin = {
  name: "narrow",
  summary: "A row for each cell: the row's number, the column's name and the value as text.",
  bind: ({ node, input, context }) => {
    const number = context.newColumn("$row", "long", false);
    const numbered = window(
      input,
      [{ column: number, name: "row_number", args: [], partitionBy: [], orderBy: input.ordering, origin: node.span }],
      node.span,
    );
    const row = callFunction("-", [columnRef(number), literal("long", 1n)], node.span);
    const shown = [
      context.newColumn("Row", "long", false),
      context.newColumn("Column", "string", false),
      context.newColumn("Value", "string", false),
    ];
    if (input.columns.length === 0) {
      const none = filter(input, literal("bool", false), node.span);
      const items = shown.map((column): Item => ({ column, value: literal(column.type, null) }));
      return project(none, items, node.span);
    }
    const inputs = input.columns.map((column): Rel => {
      const cells = [row, literal("string", column.name), convertTo(columnRef(column), "string", node.span)];
      return project(
        { ...numbered, ordering: [] },
        cells.map((value): Item => ({ column: context.newColumn("$cell", value.type, false), value })),
        node.span,
      );
    });
    const items = inputs.map((rel) =>
      shown.map((column, index): Item => {
        const source = rel.columns[index];
        return { column, value: source === undefined ? literal(column.type, null) : columnRef(source) };
      }),
    );
    return union(inputs, shown, items, node.span);
  },
};
