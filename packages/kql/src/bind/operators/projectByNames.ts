import { refuse } from "../../diagnostics/diagnostic.ts";
import { rearrange } from "../../ir/build.ts";
import type { Column } from "../../ir/column.ts";
import { list, type Syntax } from "../../syntax/tree.ts";
import type { BindContext, Environment } from "../context.ts";
import { namePattern } from "../namePattern.ts";
import { type TabularOperator, tabularOperator } from "../operator.ts";

/** Columns by names and patterns that are values; those that aren't there are left out. */
export const projectByNames: TabularOperator = tabularOperator({
  keyword: "project-by-names",
  kinds: ["ProjectByNamesOperator"],
  bind: (node, input, env, context) => {
    const patterns = list(node, "Expressions").flatMap((item) => namesOf(item, env, context));
    const shown: Column[] = [];
    for (const pattern of patterns) {
      const fits = namePattern(pattern);
      shown.push(...input.columns.filter((column) => fits(column.name) && !shown.includes(column)));
    }
    return rearrange(input, shown, node.span);
  },
});

function namesOf(item: Syntax, env: Environment, context: BindContext): readonly string[] {
  const value = context.scalar(item, { columns: [], env, context });
  if (value.kind === "literal" && value.type === "string") return [String(value.value)];
  const parsed: unknown =
    value.kind === "literal" && typeof value.value === "string" ? JSON.parse(value.value) : undefined;
  if (Array.isArray(parsed) && parsed.every((name) => typeof name === "string")) return parsed;
  return refuse("not-a-constant", item.span, { name: "project-by-names", what: "the names" });
}
