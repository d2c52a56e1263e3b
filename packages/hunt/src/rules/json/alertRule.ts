import type { YamlEntry, YamlMap, YamlNode } from "../yaml/node.ts";
import { derived, entryOf, guidIn, listAt, mapAt, renamed, scalarAt } from "./access.ts";
import { queryEntry, resolved, resolvedMap, type Template } from "./template.ts";

/** Kinds of analytics rules that Microsoft's own engines feed; they have no query. */
const withoutQuery = /^(fusion|mlbehavioranalytics|threatintelligence|anomaly|microsoftsecurityincidentcreation)$/i;

/** Whether a mapping is an analytics rule of Sentinel, as its API and templates write it. */
export function isAlertRule(map: YamlMap): boolean {
  const type = scalarAt(map, "type")?.text ?? "";
  const properties = mapAt(map, "properties");
  if (properties === undefined) return false;
  if (/\/alertRules$|\/alertRuleTemplates$/i.test(type)) return true;
  return type === "" && entryOf(properties, "query") !== undefined && scalarAt(map, "kind") !== undefined;
}

/** The kind of an analytics rule that has no query by its nature. */
export function queryless(map: YamlMap): string | undefined {
  const kind = scalarAt(map, "kind")?.text ?? "";
  return withoutQuery.test(kind) ? kind : undefined;
}

const own = new Set(["displayname", "techniques", "subtechniques", "templateversion", "query"]);

/** An analytics rule under the keys of a rule's YAML; every node keeps its place. */
export function alertRuleFields(map: YamlMap, template: Template): YamlMap {
  const properties = resolvedMap(mapAt(map, "properties") ?? map, template);
  const id = idOf(map, properties, template);
  const kind = entryOf(map, "kind");
  const entries: readonly YamlEntry[] = [
    ...id,
    ...renamed(entryOf(properties, "displayName"), "name"),
    ...(kind === undefined ? [] : [kind]),
    ...queryEntry(mapAt(map, "properties"), template),
    ...techniques(properties),
    ...renamed(entryOf(properties, "templateVersion"), "version"),
    ...properties.entries.filter(({ key, value }) => !own.has(key.toLowerCase()) && !isEmpty(value)),
  ];
  return { ...map, entries };
}

function isEmpty(value: YamlNode): boolean {
  return value.kind === "scalar" && value.value === null;
}

/** The GUID of the resource's name or id, else that of the template that it was made from. */
function idOf(map: YamlMap, properties: YamlMap, template: Template): readonly YamlEntry[] {
  const candidates = [scalarAt(map, "name"), scalarAt(map, "id"), scalarAt(properties, "alertRuleTemplateName")];
  for (const found of candidates) {
    const id = found === undefined ? undefined : guidIn(resolved(found, template).text);
    if (found !== undefined && id !== undefined) return [derived("id", found, id)];
  }
  return [];
}

/** Azure keeps techniques and sub-techniques apart. */
function techniques(properties: YamlMap): readonly YamlEntry[] {
  const [first] = renamed(entryOf(properties, "techniques"), "relevantTechniques");
  const more = listAt(properties, "subTechniques");
  if (first === undefined || first.value.kind !== "list" || more.length === 0)
    return [first ?? renamed(entryOf(properties, "subTechniques"), "relevantTechniques")].flat();
  const refined = new Set(more.flatMap((item) => (item.kind === "scalar" ? [item.text.slice(0, 5)] : [])));
  const kept = first.value.items.filter((item) => item.kind !== "scalar" || !refined.has(item.text));
  const start = Math.min(first.value.start, ...more.map((item) => item.start));
  const end = Math.max(first.value.end, ...more.map((item) => item.end));
  return [
    {
      ...first,
      keyStart: Math.min(first.keyStart, start),
      value: { ...first.value, items: [...kept, ...more], start, end },
    },
  ];
}
