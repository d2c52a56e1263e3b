import { child, list, nameOf, type Syntax } from "../../syntax/tree.ts";
import { type TabularOperator, tabularOperator } from "../operator.ts";

/** Operators that leave the rows as they are. */
export const render: TabularOperator = tabularOperator({
  keyword: "render",
  kinds: ["RenderOperator"],
  bind: (node, input, _env, context) => {
    const properties = list(child(node, "WithClause"), "Properties").map((item): readonly [string, string] => [
      nameOf(child(item, "Name")),
      valueText(child(item, "Expression")),
    ]);
    context.noteRender({ chart: nameOf(child(node, "ChartType")), properties: Object.fromEntries(properties) });
    return input;
  },
});

/** A property's value as it stands: a literal's, a name, or several names with commas between. */
function valueText(node: Syntax): string {
  const names = list(node, "Names");
  if (names.length > 0) return names.map(nameOf).join(",");
  const token = node.fields.Token;
  return token === undefined ? nameOf(node) : token.value || token.text;
}

export const as: TabularOperator = tabularOperator({
  keyword: "as",
  kinds: ["AsOperator"],
  bind: (node, input, env) => {
    env.names.set(nameOf(child(node, "Name")), { kind: "tabular", rel: input });
    return input;
  },
});
