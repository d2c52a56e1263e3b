export {
  type FailedFile,
  type IngestOptions,
  type IngestProgress,
  type IngestReport,
  ingest,
} from "./ingest.ts";
