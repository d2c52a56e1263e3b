export {
  type Database,
  type DatabaseOptions,
  type DuckDBConnection,
  type DuckDBValue,
  openDatabase,
} from "./database.ts";
export { fileSql, parquetFilesSql } from "./exactFiles.ts";
export type { ForeignRows, ForeignTime } from "./foreignRows.ts";
export { registerHostFunctions } from "./hostFunctions.ts";
export type {
  ExternalRows,
  LocateAddress,
  ReadExternal,
  Schemas,
  SessionOptions,
  StoredColumnLayout,
  StoredTableLayout,
} from "./layouts.ts";
export type { PlannedRead, ReadPlanner } from "./readPlanner.ts";
export { Session } from "./session.ts";
export type { TextTable } from "./suppliedTables.ts";
