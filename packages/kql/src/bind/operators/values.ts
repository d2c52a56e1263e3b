import { refuse } from "../../diagnostics/diagnostic.ts";
import type { Span } from "../../diagnostics/span.ts";
import { project } from "../../ir/build.ts";
import type { Column } from "../../ir/column.ts";
import type { Item, Values } from "../../ir/rel.ts";
import type { Literal, LiteralValue } from "../../ir/scalar.ts";
import { child, list, nameOf, type Syntax } from "../../syntax/tree.ts";
import type { KqlType } from "../../values/type.ts";
import { convertTo } from "../call.ts";
import type { BindContext, Environment } from "../context.ts";
import { withOfficialNames } from "../outputNames.ts";
import { type TabularSource, tabularSource } from "../source.ts";
import { typeNamed } from "../userFunction.ts";
import { bindAssignments } from "./extend.ts";

/** Rows in the order in which they are written, numbered by a hidden column. */
export function orderedValues(
  columns: readonly Column[],
  rows: readonly (readonly LiteralValue[])[],
  origin: Span,
  context: BindContext,
): Values {
  const ordinal = context.newColumn("$ordinal", "long", false);
  return {
    kind: "values",
    rows: rows.map((row, index) => [...row, BigInt(index)]),
    columns,
    hidden: [ordinal],
    ordering: [{ column: ordinal.id, descending: false, nullsFirst: true }],
    origin,
  };
}

/** One row without columns, for expressions that read no table. */
export function oneRow(origin: Span): Values {
  return { kind: "values", rows: [[]], columns: [], hidden: [], ordering: [], origin };
}

export const datatable: TabularSource = tabularSource({
  keyword: "datatable",
  kinds: ["DataTableExpression"],
  bind: (node, env, context) => {
    const columns = declaredColumns(child(node, "Schema"), context);
    const cells = list(node, "Values").map((cell) => cell);
    const rows: LiteralValue[][] = [];
    for (let at = 0; at < cells.length; at += columns.length) {
      rows.push(columns.map((column, index) => cellValue(cells[at + index], column.type, env, context)));
    }
    return orderedValues(columns, rows, node.span, context);
  },
});

/** The columns that a row schema `(a: long, b: string)` declares. */
export function declaredColumns(schema: Syntax, context: BindContext): readonly Column[] {
  return list(schema, "Columns").map((item) => {
    const type = typeNamed(child(child(item, "Type"), "Type").text);
    return context.newColumn(nameOf(child(item, "Name")), type, type !== "string");
  });
}

function cellValue(node: Syntax | undefined, type: KqlType, env: Environment, context: BindContext): LiteralValue {
  if (node === undefined) return null;
  const bound = constantOf(context.scalar(node, { columns: [], env, context }), node);
  const converted = bound.type === type ? bound : convertTo(bound, type, node.span);
  return constantOf(converted, node).value;
}

function constantOf(bound: { readonly kind: string }, node: Syntax): Literal {
  if (bound.kind === "literal") return bound as Literal;
  return refuse("not-a-constant", node.span, { name: "datatable", what: "each cell" });
}

export const print: TabularSource = tabularSource({
  keyword: "print",
  kinds: ["PrintOperator"],
  bind: (node, env, context) => {
    const input = oneRow(node.span);
    const assignments = bindAssignments(list(node, "Expressions"), { columns: [], env, context });
    const columns = withOfficialNames(
      node,
      assignments.map(({ name, value }, index) =>
        context.newColumn(name ?? `print_${index}`, value.type, value.nullable),
      ),
    );
    const items: Item[] = assignments.flatMap(({ value }, index) => {
      const column = columns[index];
      return column === undefined ? [] : [{ column, value }];
    });
    return project(input, items, node.span);
  },
});
