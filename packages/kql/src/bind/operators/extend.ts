import { pass, project } from "../../ir/build.ts";
import type { Column } from "../../ir/column.ts";
import type { Item, Rel } from "../../ir/rel.ts";
import type { Scalar } from "../../ir/scalar.ts";
import { list, type Syntax } from "../../syntax/tree.ts";
import type { BindContext, Scope } from "../context.ts";
import { compoundItems, explicitName, impliedName, valueNode } from "../named.ts";
import { type TabularOperator, tabularOperator } from "../operator.ts";
import { withOfficialNames } from "../outputNames.ts";
import { bindSerialized } from "../serialized.ts";
import { tupleAssignments } from "../tuple.ts";

interface Assignment {
  /** Undefined: Kusto makes a name such as `Column1`. */
  readonly name: string | undefined;
  readonly value: Scalar;
}

/** The assignments of `extend`, `project` and the like, in order. */
export function bindAssignments(
  nodes: readonly Syntax[],
  scope: Scope,
  unnamed: "kept" | "dropped" = "kept",
): readonly Assignment[] {
  return nodes.flatMap((node): readonly Assignment[] => {
    const items = tupleAssignments(node, scope, unnamed);
    if (items !== undefined) return items;
    if (node.kind === "CompoundNamedExpression") return compoundItems(node, scope);
    return [
      {
        name: explicitName(node) ?? impliedName(valueNode(node)),
        value: scope.context.scalar(valueNode(node), scope),
      },
    ];
  });
}

/** Adds or replaces columns; a replaced column keeps its place. */
export function extendWith(input: Rel, assignments: readonly Assignment[], node: Syntax, context: BindContext): Rel {
  const columns: (Column | Item)[] = [...input.columns];
  const generated = new Set(input.columns.map((column) => column.name));
  for (const { name, value } of assignments) {
    const called = name ?? nextDefaultName(generated);
    generated.add(called);
    const item: Item = { column: context.newColumn(called, value.type, value.nullable), value };
    const place = columns.findIndex((column) => nameAt(column) === called);
    if (place < 0) columns.push(item);
    else columns[place] = item;
  }
  const items = columns.map((column) => ("value" in column ? column : pass(column)));
  const names = withOfficialNames(
    node,
    items.map((item) => item.column),
  );
  return project(
    input,
    items.map((item, index) => ({ ...item, column: names[index] ?? item.column })),
    node.span,
  );
}

function nameAt(entry: Column | Item): string {
  return "value" in entry ? entry.column.name : entry.name;
}

function nextDefaultName(taken: ReadonlySet<string>): string {
  let number = 1;
  while (taken.has(`Column${number}`)) number++;
  return `Column${number}`;
}

export const extend: TabularOperator = tabularOperator({
  keyword: "extend",
  kinds: ["ExtendOperator"],
  bind: (node, input, env, context) =>
    bindSerialized(
      input,
      env,
      context,
      (scope) => bindAssignments(list(node, "Expressions"), scope, "dropped"),
      (rel, assignments) => extendWith(rel, assignments, node, context),
    ),
});
