export {
  ExportError,
  type ExportFormat,
  type ExportOptions,
  type ExportOutcome,
  exportFormats,
  exportTable,
} from "./exportTable.ts";
