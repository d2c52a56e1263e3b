export { type Database, type DatabaseOptions, type DuckDBConnection, type DuckDBValue, openDatabase } from "./database.ts";
