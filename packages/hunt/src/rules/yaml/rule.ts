import { placeOf, type Reading, sayProblem } from "../notes.ts";
import type { Place, Rule, RuleValue } from "../rule.ts";
import { canonicalFields, type Fields } from "./fields/canonical.ts";
import { connectorsOf } from "./fields/connectors.ts";
import { entityMappingsOf, textsByKey } from "./fields/entities.ts";
import { identityOf, type Known } from "./fields/identity.ts";
import { kindOf } from "./fields/kind.ts";
import { queryOf } from "./fields/query.ts";
import { scheduleOf } from "./fields/schedule.ts";
import { severityOf } from "./fields/severity.ts";
import { techniquesEntry, techniquesOf } from "./fields/techniques.ts";
import { sayWrongType, textOf, textsOf } from "./fields/text.ts";
import {
  described,
  isNull,
  ruleValueOf,
  type YamlEntry,
  type YamlMap,
  type YamlNode,
  type YamlScalar,
} from "./node.ts";

/** Reads one document as a rule; what it lacks or has wrong becomes repairs and problems. */
export function ruleOf(node: YamlNode, known: Known, displayPath: string, reading: Reading): Rule | undefined {
  if (node.kind !== "map") {
    sayProblem(reading, "not-a-mapping", node.start, { found: described(node) });
    return undefined;
  }
  const defined = functionName(node);
  if (defined !== undefined) {
    sayProblem(reading, "function-not-rule", node.start, { name: defined });
    return undefined;
  }
  const fields = canonicalFields(node, reading);
  const query = queryOf(fields, node, reading);
  if (query === undefined) return undefined;
  const severity = severityOf(fields, reading);
  const tactics = textsOf(fields.get("tactics"), reading);
  const techniques = techniquesOf(fields, reading);
  return {
    ...identityOf(fields, node, known, reading),
    description: textOf(fields, "description", reading) ?? "",
    kind: kindOf(fields, reading),
    ...(severity === undefined ? {} : { severity }),
    tactics: tactics.map(({ text }) => text),
    techniques: techniques.map(({ id }) => id),
    connectors: connectorsOf(fields, reading),
    ...query,
    entityMappings: entityMappingsOf(fields, reading),
    customDetails: textsByKey(fields.get("customDetails"), reading),
    ...kept(fields, "alertDetailsOverride", reading),
    ...kept(fields, "eventGroupingSettings", reading),
    ...scheduleOf(fields, reading),
    ...versionOf(fields, reading),
    ...tagsOf(fields),
    path: displayPath,
    part: known.part,
    keys: Object.fromEntries([...fields].map(([key, { keyStart }]) => [key, placeOf(reading, keyStart)])),
    attackPlaces: {
      tactics: tactics.map((scalar) => ownPlace(scalar, fields.get("tactics"), reading)),
      techniques: techniques.map(({ scalar }) => ownPlace(scalar, techniquesEntry(fields), reading)),
    },
  };
}

/** Where a value stands under its key; an alias or a template's variable has its value from elsewhere. */
function ownPlace({ start, end }: YamlScalar, entry: YamlEntry | undefined, reading: Reading): Place | undefined {
  if (entry === undefined || start < entry.keyStart || start < entry.value.start || end > entry.value.end)
    return undefined;
  return { start: placeOf(reading, start), end: placeOf(reading, end) };
}

/** The name of the function that a parser file defines. */
function functionName(map: YamlMap): string | undefined {
  const keys = map.entries.map(({ key }) => key);
  if (!keys.includes("ParserQuery") && !keys.includes("FunctionQuery")) return undefined;
  const named = map.entries.find(({ key }) => key === "ParserName" || key === "FunctionName")?.value;
  return named?.kind === "scalar" && named.text !== "" ? named.text : "this file";
}

function kept<K extends "alertDetailsOverride" | "eventGroupingSettings">(
  fields: Fields,
  key: K,
  reading: Reading,
): { readonly [P in K]?: RuleValue } {
  const node = fields.get(key)?.value;
  if (node === undefined || isNull(node)) return {};
  if (node.kind === "map") return { [key]: ruleValueOf(node) } as { readonly [P in K]: RuleValue };
  sayWrongType(reading, key, "a mapping", node);
  return {};
}

function versionOf(fields: Fields, reading: Reading): Pick<Rule, "version"> {
  const version = textOf(fields, "version", reading)?.trim();
  return version === undefined ? {} : { version };
}

const read = new Set([
  "id",
  "name",
  "description",
  "kind",
  "severity",
  "tactics",
  "relevantTechniques",
  "techniques",
  "requiredDataConnectors",
  "query",
  "entityMappings",
  "customDetails",
  "alertDetailsOverride",
  "eventGroupingSettings",
  "queryFrequency",
  "queryPeriod",
  "triggerOperator",
  "triggerThreshold",
  "suppressionEnabled",
  "suppressionDuration",
  "version",
]);

/** Tags that are texts; tags that say more (a schema and its version) stay in `extra`, as all unknown keys do. */
function tagsOf(fields: Fields): Pick<Rule, "tags" | "extra"> {
  const node = fields.get("tags")?.value;
  const items = node === undefined ? [] : node.kind === "list" ? node.items : [node];
  const tags = items.flatMap((item) => (item.kind === "scalar" && item.value !== null ? [item.text] : []));
  const extra = [...fields]
    .filter(([key]) => !read.has(key) && (key !== "tags" || tags.length < items.length))
    .map(([key, { value }]) => [key, ruleValueOf(value)] as const);
  return { tags, extra: Object.fromEntries(extra) };
}
