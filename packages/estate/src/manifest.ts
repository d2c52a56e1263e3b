import type { EstateSize } from "./options.ts";
import type { PlantClass, ScenarioId } from "./plan/plant.ts";
import type { RowCounts, TableName } from "./tables.ts";
import type { EstateFile } from "./write/sink.ts";

/** What a generated estate consists of and what is hidden in it; also its `manifest.json`. */
export interface EstateManifest {
  readonly version: 1;
  readonly options: EstateSize;
  /** First and last event, `2026-10-16T09:05:08.1234567Z`; each table has an event at the last moment, `options.end`. */
  readonly span: { readonly first: string; readonly last: string };
  readonly rows: RowCounts;
  readonly files: readonly EstateFile[];
  readonly truth: EstateTruth;
}

export interface EstateTruth {
  /** The look-back of the rules, both ends included. */
  readonly lookback: { readonly from: string; readonly to: string };
  readonly founding: FoundingTruth;
  readonly tools: readonly ToolTruth[];
  readonly scenarios: readonly ScenarioTruth[];
}

/** The answer to the founding rule, `Signer has 'Action1 Corporation'`. */
export interface FoundingTruth {
  readonly signer: string;
  /** One row a device, by device id. */
  readonly withinLookback: readonly FoundingRow[];
  readonly allTime: readonly FoundingRow[];
  /** Planted near misses, which are in neither list. */
  readonly mustNotMatch: readonly Sighting[];
}

export interface FoundingRow extends Seen {
  readonly deviceId: string;
  readonly deviceName: string;
  /** Ascending. */
  readonly reportIds: readonly number[];
}

/** Certificate rows counted; times as the files have them, so in whole seconds where they came as a portal export. */
export interface Seen {
  readonly firstSeen: string;
  readonly lastSeen: string;
  readonly count: number;
}

export interface ToolTruth {
  readonly tool: string;
  /** What rules look for in a signer, each with `has`; empty when the tool isn't signed. */
  readonly signers: readonly string[];
  /** Every planted file whose signer has one of `signers`. */
  readonly sightings: readonly Sighting[];
  /** Planted for this tool, but not to be found by signer: unsigned, or a name that only looks alike. */
  readonly notFoundBySigner: readonly Sighting[];
}

/** One planted file on one device. */
export interface Sighting {
  readonly class: PlantClass;
  readonly scenario: ScenarioId | null;
  /** The scenario whose careless exclusion would hide it. */
  readonly hidesIn: ScenarioId | null;
  readonly deviceId: string;
  readonly deviceName: string;
  readonly signer: string | null;
  readonly trusted: boolean;
  readonly renamed: boolean;
  readonly createdBy: string;
  readonly fileName: string;
  readonly folderPath: string;
  readonly sha1: string;
  readonly allTime: Seen;
  readonly withinLookback: Seen | null;
  /** Rows that were planted with it, by table. */
  readonly rows: Readonly<Partial<Record<TableName, number>>>;
}

export interface ScenarioTruth {
  readonly id: ScenarioId;
  readonly title: string;
  /** Devices on which it plays, with planted files or without. */
  readonly deviceIds: readonly string[];
}
