import type { Diagnostic, StoredFunction } from "@goshawk/kql";
import type { AnswerHead, AnswerPiece, QueryOutcome, QueryRequest, StreamRequest } from "../backend.ts";
import type { BackendError } from "../error.ts";
import type { DatabaseOptions } from "./database.ts";
import type { StoredTableLayout } from "./layouts.ts";
import type { TextTable } from "./suppliedTables.ts";
import type { ValueTable } from "./valueTables.ts";

/** What a worker starts with. */
export interface WorkerStart extends DatabaseOptions {
  readonly tables: readonly StoredTableLayout[];
  /** A module with `table(name)` and `tableNames()`: the schemas of the catalogue. */
  readonly schemas: string;
  /** A module with `openPlanner(tables)`, which gives a `ReadPlanner`; without it every table is read whole. */
  readonly planner?: string;
  /** A module with `openWriter(form, columns)`, which gives a `RowsWriter` of an answer with those columns. */
  readonly writer?: string;
  readonly functions?: readonly StoredFunction[];
  readonly supplied?: readonly TextTable[];
  /** A module with `openExternal(options)`, which gives a `ReadExternal`, and its options. */
  readonly external?: { readonly module: string; readonly options: unknown };
  /** A module with `openAddresses(options)`, which gives a `LocateAddress`, and its options. */
  readonly addresses?: { readonly module: string; readonly options: unknown };
}

export type ToWorker =
  | { readonly kind: "query"; readonly id: number; readonly request: QueryRequest }
  | { readonly kind: "stream"; readonly id: number; readonly request: StreamRequest }
  /** One more piece may be sent. */
  | { readonly kind: "more"; readonly id: number }
  | { readonly kind: "tables"; readonly tables: readonly StoredTableLayout[] }
  | { readonly kind: "values"; readonly tables: readonly ValueTable[] }
  | { readonly kind: "cancel"; readonly id: number }
  | { readonly kind: "close" };

export type FromWorker =
  | { readonly kind: "answer"; readonly id: number; readonly outcome: QueryOutcome }
  | {
      readonly kind: "head";
      readonly id: number;
      readonly head: AnswerHead | Extract<QueryOutcome, { readonly ok: false }>;
    }
  | { readonly kind: "piece"; readonly id: number; readonly piece: AnswerPiece }
  | { readonly kind: "done"; readonly id: number }
  | {
      readonly kind: "failure";
      readonly id: number;
      readonly reason: BackendError["kind"] | "bug";
      readonly message: string;
      readonly retry: boolean;
      /** What the query raised itself. */
      readonly diagnostic?: Diagnostic | undefined;
    };
