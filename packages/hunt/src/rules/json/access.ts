import type { YamlEntry, YamlMap, YamlNode, YamlScalar } from "../yaml/node.ts";

const foldedEntries = new WeakMap<YamlMap, ReadonlyMap<string, YamlEntry>>();

/** The entry of a mapping by the key's name in any case, as Azure takes it. */
export function entryOf(map: YamlMap | undefined, name: string): YamlEntry | undefined {
  if (map === undefined) return undefined;
  const known = foldedEntries.get(map) ?? folded(map);
  return known.get(name.toLowerCase());
}

/** Of keys that differ in case alone the first counts; a template may have many, asked for by each of its texts. */
function folded(map: YamlMap): ReadonlyMap<string, YamlEntry> {
  const found = new Map(map.entries.toReversed().map((entry) => [entry.key.toLowerCase(), entry]));
  foldedEntries.set(map, found);
  return found;
}

/** The mapping under a key. */
export function mapAt(map: YamlMap | undefined, name: string): YamlMap | undefined {
  const value = entryOf(map, name)?.value;
  return value?.kind === "map" ? value : undefined;
}

/** The items of the list under a key. */
export function listAt(map: YamlMap | undefined, name: string): readonly YamlNode[] {
  const value = entryOf(map, name)?.value;
  return value?.kind === "list" ? value.items : [];
}

/** The text under a key; nothing where it is empty or no text. */
export function scalarAt(map: YamlMap | undefined, name: string): YamlScalar | undefined {
  const value = entryOf(map, name)?.value;
  return value?.kind === "scalar" && value.text !== "" ? value : undefined;
}

/** An entry under another key, at the place of the old one. */
export function renamed(entry: YamlEntry | undefined, key: string): readonly YamlEntry[] {
  return entry === undefined ? [] : [{ ...entry, key }];
}

/** An entry whose text is made of `source`, at its place. */
export function derived(key: string, source: YamlNode, text: string): YamlEntry {
  const { start, end } = source;
  return {
    key,
    keyStart: start,
    keyEnd: start,
    value: { kind: "scalar", value: text, text, style: "plain", start, end },
  };
}

/** A list of texts, each at the place of `source`. */
export function derivedList(key: string, source: YamlNode, texts: readonly string[]): YamlEntry {
  const { start, end } = source;
  const items = texts.map((text): YamlScalar => ({ kind: "scalar", value: text, text, style: "plain", start, end }));
  return { key, keyStart: start, keyEnd: start, value: { kind: "list", items, start, end } };
}

const guid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/** The last GUID in a text: that of the innermost resource which an Azure id names. */
export function guidIn(text: string | undefined): string | undefined {
  return text?.match(guid)?.at(-1)?.toLowerCase();
}
