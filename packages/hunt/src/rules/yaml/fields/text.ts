import { type Reading, sayProblem, sayRepair } from "../../notes.ts";
import { described, isNull, type YamlEntry, type YamlNode, type YamlScalar } from "../node.ts";
import type { Fields } from "./canonical.ts";

/** The scalar under a key; a problem where something else stands, nothing where it is empty. */
export function scalarOf(entry: YamlEntry | undefined, reading: Reading): YamlScalar | undefined {
  if (entry === undefined || isNull(entry.value)) return undefined;
  if (entry.value.kind === "scalar") return entry.value;
  sayWrongType(reading, entry.key, "a single text", entry.value);
  return undefined;
}

export function textOf(fields: Fields, key: string, reading: Reading): string | undefined {
  return scalarOf(fields.get(key), reading)?.text;
}

/** The texts of a list; a single text is read as one, split at commas. */
export function textsOf(entry: YamlEntry | undefined, reading: Reading): readonly YamlScalar[] {
  if (entry === undefined || isNull(entry.value)) return [];
  const { key, value } = entry;
  if (value.kind === "scalar") return splitScalar(key, value, reading);
  if (value.kind === "list") return value.items.flatMap((item) => textItem(key, item, reading));
  sayWrongType(reading, key, "a list", value);
  return [];
}

function textItem(key: string, item: YamlNode, reading: Reading): readonly YamlScalar[] {
  if (item.kind === "scalar" && item.value !== null) return [item];
  sayWrongType(reading, key, "a list of texts", item);
  return [];
}

function splitScalar(key: string, value: YamlScalar, reading: Reading): readonly YamlScalar[] {
  const items = value.text.split(",").map((item) => item.trim());
  const named = items.filter((item) => item !== "");
  const written = named.map((item) => (/^[A-Za-z][\w.-]*$/.test(item) ? item : JSON.stringify(item)));
  const end = value.style === "literal" || value.style === "folded" ? "\n" : "";
  const edit = { start: value.start, end: value.end, text: `[${written.join(", ")}]${end}` };
  sayRepair(reading, "scalar-list", value.start, { key, items: named }, [edit]);
  return named.map((text) => ({ ...value, text, value: text }));
}

export function sayWrongType(reading: Reading, key: string, expected: string, found: YamlNode): void {
  sayProblem(reading, "wrong-type", found.start, { key, expected, found: described(found) });
}

/** Puts another word in the place of a scalar. */
export function sayValue(reading: Reading, key: string, found: YamlScalar, to: string): void {
  const edit = { start: found.start, end: found.end, text: to };
  const code = found.text.trim().toLowerCase() === to.toLowerCase() ? "value-spelling" : "misspelt-value";
  sayRepair(reading, code, found.start, { key, from: found.text, to }, [edit]);
}
