import { type Reading, sayRepair } from "../../notes.ts";
import { insightKeys, ruleKeys } from "../keys.ts";
import type { YamlEntry, YamlMap } from "../node.ts";

/** The entries of a rule by the key that a rule has for them; all others as they are called. */
export type Fields = ReadonlyMap<string, YamlEntry>;

const known = new Map(ruleKeys.map((key) => [key.toLowerCase(), key]));
const insightNames: Readonly<Record<string, string>> = {
  Id: "id",
  DisplayName: "name",
  Description: "description",
  Tactics: "tactics",
};

/** Sorts the entries of a rule by key, reading keys in another case as the rule's own. */
export function canonicalFields(map: YamlMap, reading: Reading): Fields {
  const insight = isInsight(map);
  const fields = new Map<string, YamlEntry>();
  for (const entry of map.entries) if (ruleKeys.includes(entry.key)) fields.set(entry.key, entry);
  for (const entry of map.entries) {
    const named = (insight ? insightNames[entry.key] : undefined) ?? known.get(entry.key.toLowerCase()) ?? entry.key;
    const key = fields.has(named) ? entry.key : named;
    if (!fields.has(key)) fields.set(key, entry);
    if (key !== entry.key && !insight) sayKey(reading, entry, key);
  }
  const title = fields.get("displayName");
  if (title !== undefined && !fields.has("name")) fields.set("name", title);
  return fields;
}

export function isInsight(map: YamlMap): boolean {
  return map.entries.some(({ key }) => insightKeys.includes(key));
}

export function sayKey(reading: Reading, { key, keyStart, keyEnd }: YamlEntry, to: string): void {
  const edit = { start: keyStart, end: keyEnd, text: to };
  sayRepair(reading, "key-spelling", keyStart, { from: key, to }, [edit]);
}
