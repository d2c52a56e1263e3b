import { pass, project, unnest } from "../../ir/build.ts";
import type { Column } from "../../ir/column.ts";
import type { Item, Rel, UnnestItem } from "../../ir/rel.ts";
import { columnRef } from "../../ir/scalar.ts";
import { child, list, optional, type Syntax } from "../../syntax/tree.ts";
import type { KqlType } from "../../values/type.ts";
import { convertTo } from "../call.ts";
import type { BindContext, Environment } from "../context.ts";
import { explicitName, impliedName, valueNode } from "../named.ts";
import { type TabularOperator, tabularOperator } from "../operator.ts";
import { namedParameter } from "../parameters.ts";
import { scopeOf } from "../scope.ts";
import { typeNamed } from "../userFunction.ts";

/** One array of `mv-expand` or `mv-apply`: the column that it becomes and the type of its elements. */
export interface Expansion {
  readonly name: string;
  readonly item: UnnestItem;
  readonly type: KqlType;
}

export function bindExpansions(node: Syntax, input: Rel, env: Environment, context: BindContext): readonly Expansion[] {
  const bagAsArray = (namedParameter(node, "bagexpansion") ?? namedParameter(node, "kind")) === "array";
  const scope = scopeOf(input, env, context);
  return list(node, "Expressions").map((item) => {
    const expression = child(item, "Expression");
    const name = explicitName(expression) ?? impliedName(valueNode(expression)) ?? "Column1";
    const value = convertTo(context.scalar(valueNode(expression), scope), "dynamic", item.span);
    const column = context.newColumn(name, "dynamic", true);
    return { name, item: { column, value, bagAsArray }, type: elementType(item) };
  });
}

function elementType(item: Syntax): KqlType {
  const clause = optional(item, "ToTypeOf");
  const type = clause === undefined ? undefined : list(child(clause, "TypeOf"), "Types")[0];
  return type === undefined ? "dynamic" : typeNamed(child(type, "Type").text);
}

/** The expanded rows; each expanded column takes the place of the column of its name. */
export function expand(
  node: Syntax,
  input: Rel,
  expansions: readonly Expansion[],
  limit: number | undefined,
  context: BindContext,
): Rel {
  const element = context.newColumn("$element", "long", false);
  const indexName = namedParameter(node, "with_itemindex");
  const rows = unnest({
    input,
    arrays: expansions.map((expansion) => expansion.item),
    index: element,
    keepNull: true,
    columns: [...input.columns, ...expansions.map((expansion) => expansion.item.column)],
    hidden: [...input.hidden, element],
    ordering:
      input.ordering.length === 0
        ? []
        : [...input.ordering, { column: element.id, descending: false, nullsFirst: true }],
    origin: node.span,
    ...(limit === undefined ? {} : { limit }),
  });
  const typedItems = expansions.map((expansion): Item => {
    const value = convertTo(columnRef(expansion.item.column), expansion.type, node.span);
    return { column: context.newColumn(expansion.name, expansion.type, value.nullable), value };
  });
  const items: Item[] = [];
  for (const column of input.columns)
    items.push(typedItems.find((item) => item.column.name === column.name) ?? pass(column));
  items.push(...typedItems.filter((item) => !items.includes(item)));
  if (indexName !== undefined) items.push({ column: named(indexName, context), value: columnRef(element) });
  return project(rows, items, node.span);
}

function named(name: string, context: BindContext): Column {
  return context.newColumn(name, "long", false);
}

export const mvExpand: TabularOperator = tabularOperator({
  keyword: "mv-expand",
  aliases: ["mvexpand"],
  kinds: ["MvExpandOperator"],
  bind: (node, input, env, context) => {
    const clause = optional(node, "RowLimitClause");
    const count =
      clause === undefined ? undefined : context.scalar(child(clause, "LimitValue"), { columns: [], env, context });
    const limit = count?.kind === "literal" ? Number(count.value) : undefined;
    return expand(node, input, bindExpansions(node, input, env, context), limit, context);
  },
});
