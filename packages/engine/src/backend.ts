import type { Diagnostic } from "@goshawk/kql";
import type { ResultTable } from "./result.ts";

/** One query to run. */
export interface QueryRequest {
  readonly text: string;
  /** Ticks of `now()`; `latest` takes the newest event in the tables that the query reads. */
  readonly now: bigint | "latest";
  /** At most so many rows are handed over. */
  readonly rowLimit?: number;
  readonly timeoutMs?: number;
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
  readonly compileMs: number;
  readonly runMs: number;
}

export type QueryOutcome = QueryAnswer | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Something that answers KQL. A query at fault is a value; a failing engine rejects with `BackendError`. */
export interface Backend {
  query(request: QueryRequest, signal?: AbortSignal): Promise<QueryOutcome>;
  close(): Promise<void>;
}
