/** The keys that stand at the left margin of a rule. */
export const ruleKeys: readonly string[] = [
  "id",
  "name",
  "displayName",
  "description",
  "description-detailed",
  "kind",
  "version",
  "severity",
  "status",
  "enabled",
  "requiredDataConnectors",
  "queryFrequency",
  "queryPeriod",
  "triggerOperator",
  "triggerThreshold",
  "tactics",
  "relevantTechniques",
  "techniques",
  "tags",
  "query",
  "entityMappings",
  "sentinelEntitiesMappings",
  "customDetails",
  "alertDetailsOverride",
  "eventGroupingSettings",
  "incidentConfiguration",
  "suppressionDuration",
  "suppressionEnabled",
  "alertRuleTemplateName",
  "metadata",
];

/** The further keys of an exploration query (an entity's "insight"). */
export const insightKeys: readonly string[] = [
  "InputEntityType",
  "InputFields",
  "OutputEntityTypes",
  "QueryPeriodBefore",
  "QueryPeriodAfter",
  "DataSources",
];

const margin = new Set([...ruleKeys, ...insightKeys].map((key) => key.toLowerCase()));

/** The keys that stand inside a list or mapping of a rule, never at its margin. */
export const nestedKeys: ReadonlySet<string> = new Set([
  "connectorId",
  "dataTypes",
  "datatypes",
  "entityType",
  "fieldMappings",
  "identifier",
  "columnName",
  "aggregationKind",
  "alertDisplayNameFormat",
  "alertDescriptionFormat",
  "alertTacticsColumnName",
  "alertSeverityColumnName",
  "createIncident",
  "groupingConfiguration",
]);

/** The key with which a line begins at the left margin, whether a rule has such a key or not. */
export function keyAtMargin(line: string): string | undefined {
  return /^([A-Za-z_][\w-]*):(?=\s|$)/.exec(line)?.[1];
}

/** The rule's key with which a line begins at the left margin. */
export function ruleKeyAtMargin(line: string): string | undefined {
  const key = keyAtMargin(line);
  return key !== undefined && margin.has(key.toLowerCase()) ? key : undefined;
}
