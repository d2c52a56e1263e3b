import type { ColumnSchema, Diagnostic, Render, TimeScope } from "@goshawk/kql";
import type { Cell, ResultTable } from "./result.ts";

/** One query to run. */
export interface QueryRequest {
  readonly text: string;
  /** Ticks of `now()`; `latest` takes the newest event in the tables that the query reads. */
  readonly now: bigint | "latest";
  /** At most so many rows are handed over. */
  readonly rowLimit?: number;
  readonly timeoutMs?: number;
  /** Values for what the query declares by `declare query_parameters`. */
  readonly parameters?: ReadonlyMap<string, string>;
  /** Every stored table is read as if it held the rows of this time only. */
  readonly scope?: TimeScope;
  /** Run the plan as it was bound, without rewrites: tests compare the two. */
  readonly asBound?: boolean;
}

/** What is known of an answer before its first row. */
export interface AnswerHead {
  readonly ok: true;
  /** The columns of each table of the answer. */
  readonly columns: readonly (readonly ColumnSchema[])[];
  readonly now: bigint;
  readonly tables: readonly string[];
  readonly warnings: readonly string[];
  readonly earliest?: bigint;
  readonly render?: Render;
  readonly compileMs: number;
}

/** A query whose rows come as bytes, where `form` says which: the backend's own writer knows what it means. */
export interface StreamRequest extends QueryRequest {
  readonly form?: unknown;
}

/** Writes rows of one of an answer's tables; `count` of them are in `bytes`. */
export type RowsWriter = (
  table: number,
  rows: readonly (readonly Cell[])[],
) => { readonly count: number; readonly bytes: Uint8Array };

/** A piece of an answer: rows of one of its tables, or the end of that table. Tables come whole, one after another. */
export type AnswerPiece =
  | { readonly kind: "rows"; readonly table: number; readonly rows: readonly (readonly Cell[])[] }
  | { readonly kind: "written"; readonly table: number; readonly count: number; readonly bytes: Uint8Array }
  | { readonly kind: "end"; readonly table: number; readonly truncated: boolean };

/** An answer that comes while it is computed. Pieces that are not taken hold the query back; `return` ends it. */
export interface AnswerStream extends AnswerHead {
  readonly pieces: AsyncGenerator<AnswerPiece, void, undefined>;
}

export type StreamOutcome = AnswerStream | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** How much of a stored table a query looks at. */
export interface TableReading {
  readonly table: string;
  readonly files: PartOf;
  /** Blocks are runs of rows that are read or skipped as one. */
  readonly blocks: PartOf;
  /** What told that the rest can be skipped, in words. */
  readonly reasons: readonly string[];
}

export interface PartOf {
  readonly read: number;
  readonly of: number;
}

/** An answer, and what it was made of. */
export interface QueryAnswer {
  readonly ok: true;
  readonly table: ResultTable;
  /** The answers of further tabular statements in the same text. */
  readonly more: readonly ResultTable[];
  /** What `now()` was, in ticks. */
  readonly now: bigint;
  /** The stored or catalogued tables that the query reads. */
  readonly tables: readonly string[];
  readonly warnings: readonly string[];
  /** The earliest event, in ticks, that the query's filters let through; absent where they set no such bound. */
  readonly earliest?: bigint;
  readonly sql: string;
  /** For each place where it reads a stored table, how much of it. */
  readonly reading: readonly TableReading[];
  readonly compileMs: number;
  readonly runMs: number;
}

export type QueryOutcome = QueryAnswer | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Something that answers KQL. A query at fault is a value; a failing engine rejects with `BackendError`. */
export interface Backend {
  query(request: QueryRequest, signal?: AbortSignal): Promise<QueryOutcome>;
  close(): Promise<void>;
}

/** A backend whose answers can be read while they are computed, and that can be told of new rows. */
export interface StreamingBackend<Table> extends Backend {
  stream(request: StreamRequest, signal?: AbortSignal): Promise<StreamOutcome>;
  /** Queries after this one see `tables`. */
  useTables(tables: readonly Table[]): void;
  /** Ends at once, whatever runs. */
  kill(): Promise<void>;
  /** False once it has stopped, by itself or not. */
  isAlive(): boolean;
}
