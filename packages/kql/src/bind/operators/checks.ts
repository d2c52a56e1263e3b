import { refuse } from "../../diagnostics/diagnostic.ts";
import { child } from "../../syntax/tree.ts";
import { type TabularOperator, tabularOperator } from "../operator.ts";
import { declaredColumns } from "./values.ts";

/** Hands the rows on when the columns are the declared ones. */
export const assertSchema: TabularOperator = tabularOperator({
  keyword: "assert-schema",
  kinds: ["AssertSchemaOperator"],
  bind: (node, input, _env, context) => {
    const describe = (columns: readonly { readonly name: string; readonly type: string }[]): string =>
      columns.map(({ name, type }) => `${name}:${type}`).join(", ");
    const [wanted, found] = [describe(declaredColumns(child(node, "Schema"), context)), describe(input.columns)];
    if (wanted === found) return input;
    return refuse("unsupported-syntax", node.span, {
      construct: "This assert-schema",
      reason: `the columns are (${found}), not (${wanted})`,
    });
  },
});
