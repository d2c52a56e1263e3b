import { project } from "../../ir/build.ts";
import type { Item, Rel } from "../../ir/rel.ts";
import type { Scalar } from "../../ir/scalar.ts";
import { child, list, type Syntax } from "../../syntax/tree.ts";
import type { BindContext, Scope } from "../context.ts";
import { explicitName, impliedName, valueNode } from "../named.ts";
import { withOfficialNames } from "../outputNames.ts";

export interface ShownValue {
  readonly name: string;
  readonly value: Scalar;
}

/** The values of a graph operator's `project`, bound before the rows are made that they read. */
export function shownValues(node: Syntax, scope: Scope): readonly ShownValue[] {
  return list(child(node, "ProjectClause"), "Expressions").map((item, index) => ({
    name: explicitName(item) ?? impliedName(valueNode(item)) ?? `Column${index + 1}`,
    value: scope.context.scalar(valueNode(item), scope),
  }));
}

export function shownRows(node: Syntax, rows: Rel, values: readonly ShownValue[], context: BindContext): Rel {
  const columns = withOfficialNames(
    node,
    values.map(({ name, value }) => context.newColumn(name, value.type, value.nullable)),
  );
  const items = values.map(({ value }, index): Item => ({ column: columns[index] as Item["column"], value }));
  return project(rows, items, node.span);
}
