import type { StoredFunction } from "@goshawk/kql";
import { parse } from "yaml";
import { bodyOf, type FunctionParameter, parameterList } from "./functionFile.ts";

type Fields = Readonly<Record<string, unknown>>;

/**
 * The function of a parser's YAML under each of its names: `ParserName`, `ParserParams` and `ParserQuery` as the
 * information model's parsers have them, or `FunctionName` and so on as solutions do. Undefined: no function's YAML.
 */
export function yamlFunctions(text: string): readonly StoredFunction[] | undefined {
  // Every scalar stays the text that it is: `Default: false` is KQL.
  const fields: unknown = parse(text, { schema: "failsafe", maxAliasCount: 100 });
  if (!isFields(fields)) return undefined;
  const query = textIn(fields, "ParserQuery", "FunctionQuery");
  const names = ["ParserName", "FunctionName", "FunctionAlias", "EquivalentBuiltInParser", "EquivalentBuiltInFunction"];
  const called = new Set(names.flatMap((key) => textIn(fields, key) ?? []));
  if (query === undefined || called.size === 0) return undefined;
  const parameters = parameterList(parametersIn(fields.ParserParams ?? fields.FunctionParams));
  return [...called].map((name) => ({ name: name.trim(), parameters, body: bodyOf(query) }));
}

function parametersIn(value: unknown): readonly FunctionParameter[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isFields).map((fields) => {
    // `Name: T:(TimeGenerated:datetime)` beside `Type: table` says the table's columns with its name.
    const [name = "", ...columns] = (textIn(fields, "Name") ?? "").split(":");
    const type = columns.length > 0 ? columns.join(":") : (textIn(fields, "Type") ?? "string");
    return { name, type, defaultValue: textIn(fields, "Default") };
  });
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textIn(fields: Fields, ...keys: readonly string[]): string | undefined {
  return keys.map((key) => fields[key]).find((value): value is string => typeof value === "string");
}
