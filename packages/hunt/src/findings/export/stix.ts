import { attackCatalogue } from "../../attack/catalogue.ts";
import type { FindingFacts } from "./facts.ts";
import { observablesOf, type StixObject } from "./observables.ts";
import { ours, uuid5 } from "./uuid.ts";

/** A STIX bundle of sightings, and how many findings could not be put into it. */
export interface StixSightings {
  readonly bundle: { readonly type: "bundle"; readonly id: string; readonly objects: readonly StixObject[] };
  /** Findings of rules whose KQL no hunt has recorded: a sighting must say of what. */
  readonly left: number;
}

/**
 * Findings as a STIX 2.1 bundle: an indicator for each rule, the techniques that it indicates, and a sighting for each
 * finding, on the hosts that it names, with what was observed. The same findings give the same ids.
 */
export function stixSightings(findings: readonly FindingFacts[]): StixSightings {
  const objects = new Map<string, StixObject>();
  const add = (object: StixObject): string => {
    if (!objects.has(object.id)) objects.set(object.id, object);
    return object.id;
  };
  const known = findings.filter(({ query }) => query !== undefined);
  for (const finding of known) addFinding(finding, add);
  const list = [...objects.values()];
  return {
    bundle: {
      type: "bundle",
      id: idOf("bundle", list.map(({ id, modified }) => `${id} ${modified}`).join("\n")),
      objects: list,
    },
    left: findings.length - known.length,
  };
}

type Add = (object: StixObject) => string;

const BEGINNING = "2026-01-01T00:00:00.000Z";

function addFinding(finding: FindingFacts, add: Add): void {
  const by = add({
    ...head("identity", "goshawk", BEGINNING, BEGINNING),
    name: "Goshawk",
    identity_class: "system",
  });
  const indicator = addIndicator(finding, by, add);
  const entities = finding.latest.entities ?? [];
  const hosts = entities.filter(({ type }) => type === "Host");
  const host = hosts.find(({ identifier }) => identifier === "HostName") ?? hosts[0];
  const where = (host === undefined ? [] : [host.value]).map((name) =>
    add({
      ...head("identity", `host ${name}`, BEGINNING, BEGINNING),
      created_by_ref: by,
      name,
      identity_class: "system",
    }),
  );
  const observed = [...new Set(observablesOf(entities).map(add))];
  const [first, last] = [stamp(finding.firstSeen ?? finding.foundAt), stamp(finding.lastSeen ?? finding.foundLast)];
  const times = { created: stamp(finding.foundAt), modified: stamp(finding.foundLast) };
  const data =
    observed.length === 0
      ? []
      : [
          add({
            ...head("observed-data", finding.id, times.created, times.modified),
            created_by_ref: by,
            first_observed: first,
            last_observed: last,
            number_observed: countOf(finding),
            object_refs: observed,
          }),
        ];
  add({
    ...head("sighting", finding.id, times.created, times.modified),
    created_by_ref: by,
    description: descriptionOf(finding),
    labels: [finding.verdict, ...finding.tags],
    first_seen: first,
    last_seen: last,
    count: countOf(finding),
    sighting_of_ref: indicator,
    ...(data.length === 0 ? {} : { observed_data_refs: data }),
    ...(where.length === 0 ? {} : { where_sighted_refs: where }),
  });
}

function addIndicator({ rule, query = "", foundAt }: FindingFacts, by: string, add: Add): string {
  const at = stamp(foundAt);
  const id = add({
    ...head("indicator", `${rule.id}\n${query}`, at, at),
    created_by_ref: by,
    name: rule.name,
    pattern: query,
    pattern_type: "kql",
    valid_from: at,
    external_references: [{ source_name: "rule", external_id: rule.id }],
  });
  for (const technique of rule.techniques) {
    const target = add({
      ...head("attack-pattern", technique, BEGINNING, BEGINNING),
      created_by_ref: by,
      name: attackCatalogue().techniques.get(technique)?.name ?? technique,
      external_references: [{ source_name: "mitre-attack", external_id: technique }],
    });
    add({
      ...head("relationship", `${id} indicates ${target}`, at, at),
      created_by_ref: by,
      relationship_type: "indicates",
      source_ref: id,
      target_ref: target,
    });
  }
  return id;
}

function head(type: string, name: string, created: string, modified: string): StixObject {
  return {
    type,
    spec_version: "2.1",
    id: idOf(type, name),
    created,
    modified: modified < created ? created : modified,
  };
}

/** The type is part of the name: no two objects may share the UUID. */
function idOf(type: string, name: string): string {
  return `${type}--${uuid5(ours, `${type} ${name}`)}`;
}

/** Milliseconds, as STIX wants them for when an object was made. */
function stamp(time: string): string {
  return new Date(time.replace(/(\.\d{3})\d*Z$/, "$1Z")).toISOString();
}

const MOST = 999_999_999;

function countOf({ latest }: FindingFacts): number {
  const counted = Number(latest.count ?? latest.rows);
  return Number.isInteger(counted) && counted > 0 ? Math.min(counted, MOST) : latest.rows;
}

function descriptionOf({ rule, entity, latest, comments }: FindingFacts): string {
  const hidden = latest.suppressedBy.length === 0 ? "" : ` Hidden by ${latest.suppressedBy.join(", ")}.`;
  const said = comments.at(-1)?.text;
  return `${rule.name}: ${entity}.${hidden}${said === undefined ? "" : ` ${said}`}`;
}
