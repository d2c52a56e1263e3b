import type { ExternalColumn } from "@goshawk/kql";
import { jsonElements, jsonProperties } from "@goshawk/kql";

/** Every JSON value of a text of one array, of one value, or of values after each other; throws at what is no JSON. */
export function jsonValues(text: string): readonly string[] {
  const trimmed = text.replace(/^\ufeff/, "").trim();
  if (trimmed === "") return [];
  if (isJson(trimmed)) return trimmed.startsWith("[") ? jsonElements(trimmed) : [trimmed];
  return trimmed
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "")
    .map((line, index) => {
      if (!isJson(line)) throw new Error(`record ${index + 1} is no JSON`);
      return line.trim();
    });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A record's cells by its mapping's paths, or by the columns' own names. */
export function jsonCells(record: string, columns: readonly ExternalColumn[]): readonly string[] {
  return columns.map(({ name, path }) => cellText(valueAt(record, path === undefined ? [name] : stepsOf(path))));
}

/** `$`, `$.a.b`, `$['a b'][0]` */
function stepsOf(path: string): readonly (string | number)[] {
  const steps = path.matchAll(/\.([^.[\]]+)|\[(\d+)\]|\['([^']*)'\]|\["([^"]*)"\]/g);
  return [...steps].map(([, plain, index, single, double]) =>
    index === undefined ? (plain ?? single ?? double ?? "") : Number(index),
  );
}

function valueAt(json: string, steps: readonly (string | number)[]): string | undefined {
  let at: string | undefined = json;
  for (const step of steps) {
    if (at === undefined) return undefined;
    at =
      typeof step === "number"
        ? jsonElements(at)[step]
        : jsonProperties(at).find(([key]) => JSON.parse(key) === step)?.[1];
  }
  return at;
}

function cellText(json: string | undefined): string {
  if (json === undefined || json === "null") return "";
  return json.startsWith('"') ? String(JSON.parse(json)) : json;
}
