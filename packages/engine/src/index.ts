export type {
  AnswerHead,
  AnswerPiece,
  AnswerStream,
  Backend,
  QueryAnswer,
  QueryOutcome,
  QueryRequest,
  RowsWriter,
  StreamingBackend,
  StreamOutcome,
  StreamRequest,
  TableReading,
} from "./backend.ts";
export type { ValueTable } from "./duckdb/valueTables.ts";
export { startWorkerBackend, type WorkerBackend, type WorkerBackendOptions } from "./duckdb/workerBackend.ts";
export { BackendError } from "./error.ts";
export { leavable } from "./leavable.ts";
export type { Cell, ResultTable } from "./result.ts";
