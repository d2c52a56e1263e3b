import type { Entity } from "../../hunts/entities.ts";
import type { FindingFacts } from "./facts.ts";
import { ours, uuid5 } from "./uuid.ts";

const LONGEST_NAME = 200;

/** Findings in the shape of Sentinel's bookmarks: each `properties` is what its API takes for the bookmark of that `name`. */
export function sentinelBookmarks(findings: readonly FindingFacts[]): readonly object[] {
  return findings.map((finding) => {
    const { id, rule, entity, latest, verdict, tags, tactics, query = "", searchedFrom, searchedTo } = finding;
    return {
      name: uuid5(ours, `bookmark ${id}`),
      type: "Microsoft.SecurityInsights/bookmarks",
      apiVersion: "2023-02-01-preview",
      properties: {
        displayName: `${rule.name} - ${entity}`.slice(0, LONGEST_NAME),
        query,
        queryResult: JSON.stringify(rowOf(finding)),
        ...(finding.lastSeen === null ? {} : { eventTime: finding.lastSeen }),
        ...(searchedFrom === undefined ? {} : { queryStartTime: searchedFrom }),
        ...(searchedTo === "" ? {} : { queryEndTime: searchedTo }),
        notes: finding.comments.map(({ at, by, text }) => `${at} ${by}: ${text}`).join("\n"),
        labels: [verdict, ...rule.techniques.filter((technique) => technique.includes(".")), ...tags],
        entityMappings: (latest.entities ?? []).map(mappingOf),
        tactics,
        // Sentinel knows techniques here, not their parts.
        techniques: [...new Set(rule.techniques.map((technique) => technique.replace(/\.\d+$/, "")))],
      },
    };
  });
}

function mappingOf({ type, identifier, value }: Entity): object {
  return { entityType: type, fieldMappings: [{ identifier, value }] };
}

function rowOf({ entity, latest }: FindingFacts): object {
  const { first, last, count, evidence, entities = [] } = latest;
  const named = entities.map(({ type, identifier, value }) => [`${type}_${identifier}`, value]);
  return {
    Entity: entity,
    FirstSeen: first,
    LastSeen: last,
    Count: count,
    ...Object.fromEntries(evidence),
    ...Object.fromEntries(named),
  };
}
