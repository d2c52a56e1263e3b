import { refuse } from "../diagnostics/diagnostic.ts";
import { unnest } from "../ir/build.ts";
import type { Column } from "../ir/column.ts";
import type { Item, Rel, UnnestItem } from "../ir/rel.ts";
import { columnRef } from "../ir/scalar.ts";
import { child, list, nameOf, optional, type Syntax } from "../syntax/tree.ts";
import type { KqlType } from "../values/type.ts";
import { convertTo } from "./call.ts";
import type { BindContext, Environment } from "./context.ts";
import { elementAs } from "./elements.ts";
import { explicitName, impliedName, valueNode } from "./named.ts";
import { namedParameter, parameterNode } from "./parameters.ts";
import { scopeOf } from "./scope.ts";
import { typeNamed } from "./userFunction.ts";

/** One array of `mv-expand` or `mv-apply`: the column that it becomes and the type of its elements. */
export interface Expansion {
  /** Undefined: Kusto makes a name such as `Column1`. */
  readonly name: string | undefined;
  readonly item: UnnestItem;
  readonly type: KqlType;
}

export function bindExpansions(node: Syntax, input: Rel, env: Environment, context: BindContext): readonly Expansion[] {
  const bagAsArray = (namedParameter(node, "bagexpansion") ?? namedParameter(node, "kind")) === "array";
  const scope = scopeOf(input, env, context);
  return list(node, "Expressions").map((item) => {
    const expression = child(item, "Expression");
    const name = explicitName(expression) ?? impliedName(valueNode(expression));
    const value = convertTo(context.scalar(valueNode(expression), scope), "dynamic", item.span);
    const column = context.newColumn(name ?? "$element", "dynamic", true);
    return { name, item: { column, value, bagAsArray }, type: elementType(item) };
  });
}

function elementType(item: Syntax): KqlType {
  const clause = optional(item, "ToTypeOf");
  const type = clause === undefined ? undefined : list(child(clause, "TypeOf"), "Types")[0];
  return type === undefined ? "dynamic" : typeNamed(child(type, "Type").text);
}

/** How many rows one input row may give at most: `limit n`; the deprecated spelling `mvexpand` stops at 128. */
export function rowLimit(
  node: Syntax,
  limitValue: Syntax | undefined,
  env: Environment,
  context: BindContext,
): number | undefined {
  if (limitValue === undefined) return child(node, "MvExpandKeyword").text === "mvexpand" ? 128 : undefined;
  const count = context.scalar(limitValue, { columns: [], env, context });
  if (count.kind !== "literal")
    return refuse("not-a-constant", limitValue.span, { name: "limit", what: "the number of rows" });
  return Math.max(0, Number(count.value ?? 0));
}

/** The expanded rows: the input's columns and, hidden, the elements and their index. */
export interface Expanded {
  readonly rel: Rel;
  readonly elements: readonly Item[];
  readonly index: Item | undefined;
}

export function expandRows(
  node: Syntax,
  input: Rel,
  expansions: readonly Expansion[],
  limit: number | undefined,
  context: BindContext,
): Expanded {
  const element = context.newColumn("$index", "long", false);
  const made = expansions.map((expansion) => expansion.item.column);
  const rel = unnest({
    input,
    arrays: expansions.map((expansion) => expansion.item),
    index: element,
    keepNull: true,
    columns: input.columns,
    hidden: [...input.hidden, ...made, element],
    ordering:
      input.ordering.length === 0
        ? []
        : [...input.ordering, { column: element.id, descending: false, nullsFirst: true }],
    origin: node.span,
    ...(limit === undefined ? {} : { limit }),
  });
  const elements = expansions.map((expansion): Item => {
    const value = elementAs(columnRef(expansion.item.column), expansion.type, node.span);
    return { column: context.newColumn(expansion.name ?? "Column1", expansion.type, value.nullable), value };
  });
  return { rel, elements, index: indexItem(node, element, context) };
}

function indexItem(node: Syntax, element: Column, context: BindContext): Item | undefined {
  const parameter = parameterNode(node, "with_itemindex");
  if (parameter === undefined) return undefined;
  return { column: context.newColumn(nameOf(parameter), "long", false), value: columnRef(element) };
}
