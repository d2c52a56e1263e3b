import type { NeededRows, Read } from "@goshawk/kql";
import type { TableReading } from "../backend.ts";
import type { DuckDBConnection } from "./database.ts";

/** Finds rows of stored tables that a query can do without. */
export interface ReadPlanner {
  /** For each read of a stored table, how much of it is read; `text` is the query, for words about its conditions. */
  plan(needed: readonly NeededRows[], text: string, connection: DuckDBConnection): Promise<readonly PlannedRead[]>;
  /** Lets go of what it keeps in the engine's memory. */
  close(): Promise<void>;
}

export interface PlannedRead {
  readonly read: Read;
  /** SQL of a relation with all columns of the table and every row that the query can make use of; absent: all of it. */
  readonly sql?: string;
  /** At most so many rows stand in what is read. */
  readonly rows: number;
  readonly reading: TableReading;
}
