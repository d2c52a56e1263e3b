import type { YamlEntry, YamlMap, YamlNode } from "../yaml/node.ts";
import { derived, derivedList, entryOf, guidIn, listAt, mapAt, renamed, scalarAt } from "./access.ts";
import { queryEntry, resolved, resolvedMap, type Template } from "./template.ts";

/** Whether a mapping is a saved search of a workspace: Sentinel keeps hunting queries and functions as such. */
export function isSavedSearch(map: YamlMap): boolean {
  return /\/savedSearches$/i.test(scalarAt(map, "type")?.text ?? "") && mapAt(map, "properties") !== undefined;
}

/** The name of the function that a saved search defines. */
export function savedFunction(map: YamlMap): string | undefined {
  return scalarAt(mapAt(map, "properties"), "functionAlias")?.text;
}

/** A saved search under the keys of a rule's YAML. */
export function savedSearchFields(map: YamlMap, template: Template): YamlMap {
  const properties = resolvedMap(mapAt(map, "properties") ?? map, template);
  const tags = listAt(properties, "tags");
  const hunting = /^hunting queries$/i.test(scalarAt(properties, "category")?.text ?? "");
  const name = scalarAt(map, "name");
  const id = name === undefined ? undefined : guidIn(resolved(name, template).text);
  const entries: readonly YamlEntry[] = [
    ...(id === undefined || name === undefined ? [] : [derived("id", name, id)]),
    ...renamed(entryOf(properties, "displayName"), "name"),
    ...(hunting ? [derived("kind", properties, "Hunting")] : []),
    ...queryEntry(mapAt(map, "properties"), template),
    ...text("description", tags),
    ...texts("tactics", "tactics", tags),
    ...texts("techniques", "relevantTechniques", tags),
    ...renamed(entryOf(properties, "category"), "category"),
  ];
  return { ...map, entries };
}

function tagged(name: string, tags: readonly YamlNode[]): YamlNode | undefined {
  for (const tag of tags) {
    if (tag.kind === "map" && scalarAt(tag, "name")?.text.toLowerCase() === name) return scalarAt(tag, "value");
  }
  return undefined;
}

function text(name: string, tags: readonly YamlNode[]): readonly YamlEntry[] {
  const found = tagged(name, tags);
  return found?.kind === "scalar" ? [derived(name, found, found.text)] : [];
}

/** Tags hold lists as one text with commas. */
function texts(name: string, key: string, tags: readonly YamlNode[]): readonly YamlEntry[] {
  const found = tagged(name, tags);
  if (found?.kind !== "scalar") return [];
  const items = found.text.split(",").map((item) => item.trim());
  return [
    derivedList(
      key,
      found,
      items.filter((item) => item !== ""),
    ),
  ];
}
