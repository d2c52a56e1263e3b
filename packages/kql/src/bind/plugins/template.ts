import { InvariantError, refuse } from "../../diagnostics/diagnostic.ts";
import type { Rel } from "../../ir/rel.ts";
import type { Scalar } from "../../ir/scalar.ts";
import { noSymbols } from "../../syntax/globals.ts";
import { parse } from "../../syntax/parse.ts";
import { list } from "../../syntax/tree.ts";
import { environment } from "../context.ts";
import { bindStatements } from "../statement.ts";
import type { PluginCall } from "./define.ts";

/** What a template may name. */
export interface TemplateNames {
  readonly tables: Readonly<Record<string, Rel>>;
  readonly scalars?: Readonly<Record<string, Scalar>>;
}

/** A column's name for use in a template, whatever characters it holds. */
export function quoted(name: string): string {
  return `['${name.replace(/[\\']/g, "\\$&").replaceAll("\n", "\\n").replaceAll("\r", "\\r")}']`;
}

/** A plugin that is a query of its own: `text`, in KQL, over the tables and scalars that it names. */
export function runTemplate({ call, context }: PluginCall, text: string, names: TemplateNames): Rel {
  const scalars = Object.entries(names.scalars ?? {});
  const symbols = Object.entries(names.tables).map(([name, rel]) => ({
    name,
    schema: { name, columns: rel.columns.map((column) => ({ name: column.name, type: column.type })) },
  }));
  // The official binder learns the scalars' types from statements that binding then leaves out.
  const declared = scalars.map(([name, { type }]) => `let ${name} = ${type === "string" ? '""' : `${type}(null)`};`);
  const { root, diagnostics } = parse(
    `${declared.join("")}${text}`,
    { ...noSymbols, tables: symbols },
    { standsAt: call.span },
  );
  const error = diagnostics.find((item) => item.severity === "error");
  if (error !== undefined)
    return refuse("unsupported-syntax", call.span, { construct: "This plugin call", reason: error.message });
  const env = environment();
  for (const [name, rel] of Object.entries(names.tables)) env.names.set(name, { kind: "tabular", rel });
  for (const [name, value] of scalars) env.names.set(name, { kind: "scalar", value });
  const [result] = bindStatements(list(root, "Statements").slice(declared.length), env, context);
  if (result?.kind !== "tabular") throw new InvariantError("a plugin's own query gives no table");
  return result.rel;
}
