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
export type { PlannedRead, ReadPlanner } from "./readPlanner.ts";
export {
  type ExternalRows,
  type LocateAddress,
  type ReadExternal,
  type Schemas,
  Session,
  type SessionOptions,
  type StoredColumnLayout,
  type StoredTableLayout,
} from "./session.ts";
export type { TextTable } from "./suppliedTables.ts";
