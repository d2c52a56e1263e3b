import { placeOf, type Reading } from "../../notes.ts";
import type { EntityMapping, FieldMapping } from "../../rule.ts";
import { isNull, type YamlEntry, type YamlMap, type YamlNode } from "../node.ts";
import type { Fields } from "./canonical.ts";
import { sayWrongType, scalarOf } from "./text.ts";

/** Which entities a row names, and by which columns. */
export function entityMappingsOf(fields: Fields, reading: Reading): readonly EntityMapping[] {
  return maps(fields.get("entityMappings"), "a list of 'entityType' and 'fieldMappings'", reading).map((map) => ({
    entityType: scalarOf(entry(map, "entityType"), reading)?.text ?? "",
    fieldMappings: fieldMappings(map, reading),
  }));
}

function fieldMappings(map: YamlMap, reading: Reading): readonly FieldMapping[] {
  return maps(entry(map, "fieldMappings"), "a list of 'identifier' and 'columnName'", reading).map((field) => {
    const column = entry(field, "columnName");
    return {
      identifier: scalarOf(entry(field, "identifier"), reading)?.text ?? "",
      columnName: scalarOf(column, reading)?.text ?? "",
      position: placeOf(reading, column?.value.start ?? field.start),
    };
  });
}

/** The values of a mapping as texts: custom details, which name columns. */
export function textsByKey(found: YamlEntry | undefined, reading: Reading): Readonly<Record<string, string>> {
  if (found === undefined || isNull(found.value)) return {};
  if (found.value.kind === "map") {
    const texts = found.value.entries.map((detail) => [detail.key, scalarOf(detail, reading)?.text ?? ""]);
    return Object.fromEntries(texts);
  }
  sayWrongType(reading, found.key, "a mapping of names to columns", found.value);
  return {};
}

function maps(found: YamlEntry | undefined, expected: string, reading: Reading): readonly YamlMap[] {
  if (found === undefined || isNull(found.value)) return [];
  const items: readonly YamlNode[] = found.value.kind === "list" ? found.value.items : [found.value];
  return items.flatMap((item) => {
    if (item.kind === "map" && found.value.kind === "list") return [item];
    sayWrongType(reading, found.key, expected, item);
    return [];
  });
}

function entry(map: YamlMap, key: string): YamlEntry | undefined {
  return map.entries.find((candidate) => candidate.key === key);
}
