import { rearrange } from "../../ir/build.ts";
import type { Column } from "../../ir/column.ts";
import { child, list, nameOf, type Syntax } from "../../syntax/tree.ts";
import { namePattern } from "../namePattern.ts";
import { type TabularOperator, tabularOperator } from "../operator.ts";
import { columnNamed } from "../scope.ts";

/** Whether a column fits a name or a pattern with `*`. */
function matcher(node: Syntax): (column: Column) => boolean {
  const pattern = nameOf(node.kind === "OrderedExpression" ? child(node, "Expression") : node);
  const fits = namePattern(pattern);
  return (column) => fits(column.name);
}

export const projectAway: TabularOperator = tabularOperator({
  keyword: "project-away",
  kinds: ["ProjectAwayOperator"],
  bind: (node, input) => {
    const away = list(node, "Expressions").map(matcher);
    return rearrange(
      input,
      input.columns.filter((column) => !away.some((fits) => fits(column))),
      node.span,
    );
  },
});

export const projectKeep: TabularOperator = tabularOperator({
  keyword: "project-keep",
  kinds: ["ProjectKeepOperator"],
  bind: (node, input) => {
    const keep = list(node, "Expressions").map(matcher);
    return rearrange(
      input,
      input.columns.filter((column) => keep.some((fits) => fits(column))),
      node.span,
    );
  },
});

export const projectRename: TabularOperator = tabularOperator({
  keyword: "project-rename",
  kinds: ["ProjectRenameOperator"],
  bind: (node, input) => {
    const renamed = new Map<number, string>();
    for (const item of list(node, "Expressions")) {
      const old = child(item, "Expression");
      renamed.set(columnNamed(input.columns, nameOf(old), old.span).id, nameOf(child(item, "Name")));
    }
    const columns = input.columns.map((column) => ({ ...column, name: renamed.get(column.id) ?? column.name }));
    return rearrange(input, columns, node.span);
  },
});

export const projectReorder: TabularOperator = tabularOperator({
  keyword: "project-reorder",
  kinds: ["ProjectReorderOperator"],
  bind: (node, input) => {
    const first: Column[] = [];
    for (const item of list(node, "Expressions")) {
      const fits = matcher(item);
      first.push(
        ...inOrder(
          item,
          input.columns.filter((column) => fits(column) && !first.includes(column)),
        ),
      );
    }
    return rearrange(input, [...first, ...input.columns.filter((column) => !first.includes(column))], node.span);
  },
});

/** `asc` and `desc` sort a pattern's columns by name; `granny-asc` and `granny-desc` count digits as numbers. */
function inOrder(node: Syntax, columns: readonly Column[]): readonly Column[] {
  const keyword = node.kind === "OrderedExpression" ? child(child(node, "Ordering"), "AscOrDescKeyword").text : "";
  if (keyword === "") return columns;
  const numeric = keyword.startsWith("granny");
  const sorted = [...columns].sort((a, b) => a.name.localeCompare(b.name, "en", { numeric }));
  return keyword.endsWith("desc") ? sorted.reverse() : sorted;
}
