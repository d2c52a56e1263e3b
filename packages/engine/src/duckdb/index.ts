export {
  type Database,
  type DatabaseOptions,
  type DuckDBConnection,
  type DuckDBValue,
  openDatabase,
} from "./database.ts";
export { registerHostFunctions } from "./hostFunctions.ts";
export {
  type Schemas,
  Session,
  type SessionOptions,
  type StoredColumnLayout,
  type StoredTableLayout,
} from "./session.ts";
