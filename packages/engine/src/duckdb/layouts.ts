import type { ExternalAnswer, ExternalRequest, StoredFunction, TableSchema } from "@goshawk/kql";
import type { DatabaseOptions } from "./database.ts";
import type { TimePair } from "./eitherTime.ts";
import type { ForeignRows } from "./foreignRows.ts";
import type { ReadPlanner } from "./readPlanner.ts";
import type { TextTable } from "./suppliedTables.ts";

/** A column of a stored table and where it stands in its files. */
export interface StoredColumnLayout {
  readonly name: string;
  readonly type: TableSchema["columns"][number]["type"];
  readonly physical: string;
  /** Present in every file. */
  readonly complete: boolean;
}

/** A table whose rows are in Parquet files. */
export interface StoredTableLayout {
  readonly name: string;
  readonly columns: readonly StoredColumnLayout[];
  readonly files: readonly string[];
  /** The column that says when an event happened. */
  readonly eventTime?: string | undefined;
  /** The two columns of the event time, where a row may have either: each stands in for the other. */
  readonly mixedTimes?: TimePair | undefined;
  /** What is known of each file without opening it. */
  readonly segments?: readonly StoredSegmentLayout[];
  /** How to read them, where they are not of our own making. */
  readonly foreign?: ForeignRows;
}

/** A Parquet file of a stored table. */
export interface StoredSegmentLayout {
  readonly file: string;
  readonly rows: number;
  /** First and last event in ticks; null when no row has an event time. */
  readonly firstEvent: bigint | null;
  readonly lastEvent: bigint | null;
  /** Files that belong to it, such as its index. */
  readonly beside: readonly string[];
}

/** What names mean: the schemas of the catalogue and of what is stored. */
export interface Schemas {
  table(name: string): TableSchema | undefined;
  tableNames(): readonly string[];
}

export interface SessionOptions extends DatabaseOptions {
  readonly schemas: Schemas;
  readonly tables: readonly StoredTableLayout[];
  /** Tells which rows of the tables a query can do without; without it every table is read whole. */
  readonly openPlanner?: (tables: readonly StoredTableLayout[]) => ReadPlanner;
  /** Functions that queries may call as if the database kept them. */
  readonly functions?: readonly StoredFunction[];
  /** Tables from outside of the store, such as watchlists. */
  readonly supplied?: readonly TextTable[];
  /** Reads the files that `externaldata` names; without it none may be read. */
  readonly external?: ReadExternal;
  /** How many bytes of rows that several queries read are kept in memory; 0 keeps none. */
  readonly sharedBytes?: number;
  /** Tells where IP addresses are; without it no query can ask. */
  readonly locateAddress?: LocateAddress;
}

/** The place of an address as JSON text; undefined where it is not known. */
export type LocateAddress = (address: string) => string | undefined;

/** The records of a file that a query names, each with the request's columns in order; or why they can't be had. */
export type ReadExternal = (request: ExternalRequest) => Promise<ExternalRows>;

export type ExternalRows =
  | { readonly kind: "rows"; readonly rows: readonly (readonly string[])[] }
  | Extract<ExternalAnswer, { readonly kind: "absent" }>;
