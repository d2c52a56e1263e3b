import type { YamlEntry, YamlMap, YamlNode, YamlScalar } from "../yaml/node.ts";
import { derived, derivedList, entryOf, guidIn, listAt, mapAt, renamed, scalarAt } from "./access.ts";

/** Whether a mapping is a custom detection of Defender, as Microsoft Graph writes it. */
export function isCustomDetection(map: YamlMap): boolean {
  return (
    scalarAt(mapAt(map, "queryCondition"), "queryText") !== undefined || mapAt(map, "detectionAction") !== undefined
  );
}

/** How far back each documented period looks; the continuous one ("0") looks at what arrives. */
const lookBacks: ReadonlyMap<string, string> = new Map([
  ["1H", "4h"],
  ["3H", "12h"],
  ["12H", "48h"],
  ["24H", "30d"],
]);

const categories: ReadonlySet<string> = new Set([
  "InitialAccess",
  "Execution",
  "Persistence",
  "PrivilegeEscalation",
  "DefenseEvasion",
  "CredentialAccess",
  "Discovery",
  "LateralMovement",
  "Collection",
  "Exfiltration",
  "CommandAndControl",
  "Impact",
  "Reconnaissance",
  "ResourceDevelopment",
]);

/** A custom detection under the keys of a rule's YAML. */
export function customDetectionFields(map: YamlMap): YamlMap {
  const alert = mapAt(mapAt(map, "detectionAction"), "alertTemplate");
  const condition = mapAt(map, "queryCondition");
  const id = scalarAt(map, "detectorId") ?? scalarAt(map, "id");
  const found = guidIn(id?.text);
  const category = scalarAt(alert, "category");
  const entries: readonly YamlEntry[] = [
    ...(id === undefined || found === undefined ? [] : [derived("id", id, found)]),
    ...renamed(entryOf(map, "displayName") ?? entryOf(alert, "title"), "name"),
    derived("kind", map, "CustomDetection"),
    ...renamed(entryOf(condition, "queryText"), "query"),
    ...renamed(entryOf(alert, "description"), "description"),
    ...severity(scalarAt(alert, "severity")),
    ...(category !== undefined && categories.has(category.text)
      ? [derivedList("tactics", category, [category.text])]
      : renamed(entryOf(alert, "category"), "category")),
    ...renamed(entryOf(alert, "mitreTechniques"), "relevantTechniques"),
    ...schedule(scalarAt(mapAt(map, "schedule"), "period")),
    ...assets(listAt(alert, "impactedAssets"), alert ?? map),
    ...renamed(entryOf(map, "isEnabled"), "enabled"),
  ];
  return { ...map, entries };
}

/** Graph writes severities in lower case. */
function severity(found: YamlScalar | undefined): readonly YamlEntry[] {
  if (found === undefined) return [];
  return [derived("severity", found, `${found.text.charAt(0).toUpperCase()}${found.text.slice(1)}`)];
}

function schedule(period: YamlScalar | undefined): readonly YamlEntry[] {
  const lookBack = lookBacks.get(period?.text.toUpperCase() ?? "");
  if (period === undefined || lookBack === undefined) return [];
  return [derived("queryFrequency", period, period.text), derived("queryPeriod", period, lookBack)];
}

/** The column that each identifier of an impacted asset stands for is the identifier's own name, in capitals. */
function assets(items: readonly YamlNode[], at: YamlNode): readonly YamlEntry[] {
  const mappings = items.flatMap((item): readonly YamlMap[] => {
    const identifier = item.kind === "map" ? scalarAt(item, "identifier") : undefined;
    if (item.kind !== "map" || identifier === undefined) return [];
    const type = scalarAt(item, "@odata.type")?.text ?? "";
    const entity = /device/i.test(type) ? "Host" : /mailbox/i.test(type) ? "Mailbox" : "Account";
    const column = `${identifier.text.charAt(0).toUpperCase()}${identifier.text.slice(1)}`;
    const entries = [derived("identifier", identifier, column), derived("columnName", identifier, column)];
    const { start, end } = item;
    const fields: YamlNode = { kind: "list", items: [{ kind: "map", entries, flow: true, start, end }], start, end };
    const mapping: readonly YamlEntry[] = [
      derived("entityType", item, entity),
      { key: "fieldMappings", keyStart: start, keyEnd: start, value: fields },
    ];
    return [{ kind: "map", entries: mapping, flow: true, start, end }];
  });
  const { start, end } = at;
  if (mappings.length === 0) return [];
  return [
    { key: "entityMappings", keyStart: start, keyEnd: start, value: { kind: "list", items: mappings, start, end } },
  ];
}
