import { refuse } from "../diagnostics/diagnostic.ts";
import { type Literal, literal } from "../ir/scalar.ts";
import { child, nameOf, type Syntax } from "../syntax/tree.ts";
import type { KqlType } from "../values/type.ts";
import { parseValue } from "./literal.ts";
import { typeNamed } from "./userFunction.ts";

/**
 * The value that a caller gives for a declared query parameter: a text as it stands, anything else as a literal of
 * KQL, with the name of its type around it or not. Undefined where it gives none.
 */
export function parameterValue(given: string, parameter: Syntax): Literal | undefined {
  const named = child(parameter, "NameAndType");
  const written = child(child(named, "Type"), "Type").text;
  const type = typeNamed(written);
  if (type !== "string" && given.trim() === "") return undefined;
  const value = givenValue(given, type);
  if (value !== undefined) return literal(type, value);
  return refuse("unsupported-syntax", parameter.span, {
    construct: `The query parameter '${nameOf(child(named, "Name"))}'`,
    reason: `the value given for it is no ${written}`,
  });
}

function givenValue(given: string, type: KqlType): Literal["value"] | undefined {
  if (type === "string") return given;
  const [, wrapper, inner] = /^\s*([a-z]\w*)\s*\((.*)\)\s*$/is.exec(given) ?? [];
  if (wrapper !== undefined && typeNamed(wrapper) !== type) return undefined;
  const text = inner ?? given;
  if (/^\s*(null)?\s*$/i.test(text)) return null;
  if (type === "dynamic") return isJson(text) ? text : undefined;
  return parseValue(type, text.trim());
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
