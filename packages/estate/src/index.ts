export { type RemoteToolFact, remoteTools } from "./facts/remoteTools.ts";
export { generateEstate } from "./generateEstate.ts";
export type {
  EstateManifest,
  EstateTruth,
  FoundingRow,
  FoundingTruth,
  ScenarioTruth,
  Seen,
  Sighting,
  ToolTruth,
} from "./manifest.ts";
export { type EstateOptions, type EstateProgress, type EstateSize, estateMinimum } from "./options.ts";
export { type PlantClass, type ScenarioId, scenarioTitles } from "./plan/plant.ts";
export { type RowCounts, type TableName, tableNames } from "./tables.ts";
export type { EstateFile, EstateFormat } from "./write/sink.ts";
