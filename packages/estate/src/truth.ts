import { type Span, timeText } from "./clock.ts";
import { remoteTools } from "./facts/remoteTools.ts";
import type { CheckRecord, PlantRecord } from "./ledger.ts";
import type { EstateTruth, FoundingRow, FoundingTruth, ScenarioTruth, Seen, Sighting, ToolTruth } from "./manifest.ts";
import type { Device } from "./model/device.ts";
import { foundingSigner } from "./plan/action1.ts";
import { type ScenarioId, scenarioTitles } from "./plan/plant.ts";
import { lookbackStart } from "./plan/visits.ts";
import { hasTerm } from "./terms.ts";

/** What hunts over the estate must find, from what was written of each plant. */
export function tellTruth(
  span: Span,
  records: readonly PlantRecord[],
  stages: ReadonlyMap<ScenarioId, ReadonlySet<Device>>,
): EstateTruth {
  const sighting = (record: PlantRecord): Sighting => sightingOf(span, record);
  return {
    lookback: { from: timeText(span, lookbackStart(span)), to: timeText(span, span.end) },
    founding: foundingTruth(span, records, sighting),
    tools: remoteTools.map(({ tool, signers = [] }): ToolTruth => {
      const found = (record: PlantRecord): boolean => signedByAny(record, signers);
      return {
        tool,
        signers,
        sightings: records.filter(found).map(sighting),
        notFoundBySigner: records.filter((record) => record.plant.tool === tool && !found(record)).map(sighting),
      };
    }),
    scenarios: Object.entries(scenarioTitles).map(([id, title]) => scenarioTruth(id as ScenarioId, title, stages)),
  };
}

function foundingTruth(
  span: Span,
  records: readonly PlantRecord[],
  sighting: (record: PlantRecord) => Sighting,
): FoundingTruth {
  const matching = records.filter((record) => signedByAny(record, [foundingSigner]));
  const from = lookbackStart(span);
  return {
    signer: foundingSigner,
    withinLookback: foundingRows(span, matching, (check) => check.tick >= from),
    allTime: foundingRows(span, matching, () => true),
    mustNotMatch: records.filter(({ plant }) => plant.class === "near-miss").map(sighting),
  };
}

function foundingRows(
  span: Span,
  records: readonly PlantRecord[],
  counts: (check: CheckRecord) => boolean,
): FoundingRow[] {
  const byDevice = new Map<Device, CheckRecord[]>();
  for (const { plant, checks } of records) {
    byDevice.set(plant.device, [...(byDevice.get(plant.device) ?? []), ...checks.filter(counts)]);
  }
  return [...byDevice]
    .flatMap(([device, checks]): FoundingRow[] => {
      const seen = seenOf(span, checks);
      if (seen === null) return [];
      const reportIds = checks.map((check) => check.reportId).sort((a, b) => a - b);
      return [{ deviceId: device.id, deviceName: device.name, ...seen, reportIds }];
    })
    .sort((a, b) => (a.deviceId < b.deviceId ? -1 : 1));
}

function sightingOf(span: Span, { plant, checks, rows }: PlantRecord): Sighting {
  const { device, file } = plant;
  const allTime = seenOf(span, checks);
  if (allTime === null) throw new RangeError(`no certificate row was written for ${file.path} on ${device.name}`);
  return {
    class: plant.class,
    scenario: plant.scenario ?? null,
    hidesIn: plant.hidesIn ?? null,
    deviceId: device.id,
    deviceName: device.name,
    signer: file.certificate?.signer ?? null,
    trusted: file.certificate?.trusted ?? false,
    renamed: plant.renamed,
    createdBy: plant.createdBy,
    fileName: file.name,
    folderPath: file.path,
    sha1: file.sha1,
    allTime,
    withinLookback: seenOf(
      span,
      checks.filter((check) => check.tick >= lookbackStart(span)),
    ),
    rows,
  };
}

function seenOf(span: Span, checks: readonly CheckRecord[]): Seen | null {
  if (checks.length === 0) return null;
  const ticks = checks.map((check) => check.tick);
  return {
    firstSeen: timeText(span, Math.min(...ticks)),
    lastSeen: timeText(span, Math.max(...ticks)),
    count: checks.length,
  };
}

function scenarioTruth(
  id: ScenarioId,
  title: string,
  stages: ReadonlyMap<ScenarioId, ReadonlySet<Device>>,
): ScenarioTruth {
  const deviceIds = [...(stages.get(id) ?? [])].map((device) => device.id).sort();
  return { id, title, deviceIds };
}

function signedByAny(record: PlantRecord, signers: readonly string[]): boolean {
  const signer = record.plant.file.certificate?.signer;
  return signer !== undefined && signers.some((term) => hasTerm(signer, term));
}
