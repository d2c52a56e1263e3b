import { refuse } from "../../diagnostics/diagnostic.ts";
import type { KeyValueRequest } from "../../functions/host/keyValues.ts";
import { pass, project } from "../../ir/build.ts";
import type { Column } from "../../ir/column.ts";
import type { Rel } from "../../ir/rel.ts";
import { columnRef, literal, type Scalar } from "../../ir/scalar.ts";
import { child, list, nameOf, type Syntax } from "../../syntax/tree.ts";
import { call, convertTo } from "../call.ts";
import type { BindContext } from "../context.ts";
import { bindLiteral } from "../literal.ts";
import { type TabularOperator, tabularOperator } from "../operator.ts";
import { scopeOf } from "../scope.ts";
import { extendWith } from "./extend.ts";
import { declaredColumns } from "./values.ts";

export const parseKv: TabularOperator = tabularOperator({
  keyword: "parse-kv",
  kinds: ["ParseKvOperator"],
  bind: (node, input, env, context) => {
    const expression = child(node, "Expression");
    const text = convertTo(context.scalar(expression, scopeOf(input, env, context)), "string", expression.span);
    const keys = declaredColumns(child(node, "Keys"), context);
    const found = extract(text, keys, node, input, context);
    const assignments = keys.map((key, index) => {
      const value = found.value(index);
      return { name: key.name, value: key.type === "string" ? value : convertTo(value, key.type, node.span) };
    });
    return extendWith(found.rel, assignments, node, context);
  },
});

interface Extracted {
  readonly rel: Rel;
  value(index: number): Scalar;
}

function extract(text: Scalar, keys: readonly Column[], node: Syntax, input: Rel, context: BindContext): Extracted {
  const names = keys.map((key) => key.name);
  const [regex] = settings(node, "regex");
  if (regex !== undefined)
    return {
      rel: input,
      value: (index) => {
        const args = [text, literal("string", regex), literal("string", names[index] ?? "")];
        return call("value after regex key", args, node.span);
      },
    };
  const request = literal("string", JSON.stringify(requestOf(names, node)));
  const column = context.newColumn("$values", "dynamic", false);
  const values = call("values of keys", [text, request], node.span);
  const made = project(input, [...input.columns.map(pass), { column, value: values }], node.span);
  return {
    rel: { ...made, columns: input.columns, hidden: [...made.hidden, column] },
    value: (index) => call("value of key", [columnRef(column), literal("long", BigInt(index + 1))], node.span),
  };
}

function requestOf(keys: readonly string[], node: Syntax): KeyValueRequest {
  const [pair] = settings(node, "pair_delimiter");
  const [keyValue] = settings(node, "kv_delimiter");
  if ((pair === undefined) !== (keyValue === undefined) || pair === "" || keyValue === "")
    return refuse("unsupported-syntax", node.span, {
      construct: "This parse-kv",
      reason: "pair_delimiter and kv_delimiter go together and can't be empty",
    });
  return {
    keys,
    format: {
      ...(pair === undefined || keyValue === undefined ? {} : { pair, keyValue }),
      quotes: settings(node, "quote").filter((quote) => quote !== ""),
      escapes: settings(node, "escape").filter((mark) => mark !== ""),
      greedy: settings(node, "greedy").includes("true"),
    },
  };
}

/** The values of one property of `with (…)`; `quote` and `escape` can stand there more than once. */
function settings(node: Syntax, name: string): readonly string[] {
  return list(child(node, "WithClause"), "Properties")
    .filter((property) => nameOf(child(property, "Name")) === name)
    .map((property) => String(bindLiteral(child(property, "Expression"))?.value ?? ""));
}
