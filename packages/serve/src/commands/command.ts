import type { ResultTable } from "@goshawk/engine";
import type { ColumnSchema, StoredFunction } from "@goshawk/kql";
import type { RunningQuery } from "../engines/running.ts";
import type { Role } from "../security/roles.ts";

/** A table as commands show it. */
export interface ShownTable {
  readonly name: string;
  readonly rows: number;
  readonly bytes: number;
  readonly columns: readonly ColumnSchema[];
}

/** What commands tell about. */
export interface CommandContext {
  readonly database: string;
  readonly version: string;
  readonly tables: readonly ShownTable[];
  readonly functions: readonly StoredFunction[];
  readonly running: readonly RunningQuery[];
  /** Whose queries a client may cancel. */
  readonly client: string;
  readonly role: Role;
}

/** A management command: the words that it begins with, and its answer. */
export interface Command {
  /** Matched against the text in one line, without comments and without what follows a `|`. */
  readonly pattern: RegExp;
  readonly run: (match: RegExpExecArray, context: CommandContext) => ResultTable;
}
