import { type AnswerPiece, type AnswerStream, BackendError, leavable, type StreamRequest } from "@goshawk/engine";
import type { Diagnostic } from "@goshawk/kql";
import type { Metrics } from "../http/metrics.ts";
import { ServeError } from "../http/serveError.ts";
import type { RowsForm } from "../wire/writer.ts";
import type { EnginePool } from "./pool.ts";
import type { ClientQuery, RunningQueries } from "./running.ts";
import type { Tables } from "./tables.ts";

/** The query is at fault. */
export class QueryFault extends Error {
  readonly diagnostics: readonly Diagnostic[];
  readonly text: string;
  constructor(diagnostics: readonly Diagnostic[], text: string) {
    super(diagnostics[0]?.message ?? "The query can't be run.");
    this.name = "QueryFault";
    this.diagnostics = diagnostics;
    this.text = text;
  }
}

export type RowsPiece = Exclude<AnswerPiece, { readonly kind: "written" }>;
export type WrittenPiece = Exclude<AnswerPiece, { readonly kind: "rows" }>;

/** An answer whose first rows are there. */
export type Answer<Piece extends AnswerPiece = WrittenPiece> = Omit<AnswerStream, "pieces"> & {
  /** Must be read to its end, or be returned: an engine waits for it. */
  readonly pieces: AsyncGenerator<Piece, void, undefined>;
};

export interface AnswersOptions {
  /** A client that takes nothing for so long loses its answer, because an engine waits for it. */
  readonly stallMs: number;
}

export interface Answers {
  /** Resolves with the first rows as the engine wrote them; rejects with `QueryFault` or `ServeError`. */
  written(query: ClientQuery, form: RowsForm): Promise<Answer>;
  /** The same with cells, for what is not written in the engine. */
  rows(query: ClientQuery): Promise<Answer<RowsPiece>>;
}

/** A query may be this late after its time is over, before its engine is ended. */
const GRACE_MS = 10_000;

export function answersOf(
  pool: EnginePool,
  tables: Tables,
  running: RunningQueries,
  metrics: Metrics,
  options: AnswersOptions,
): Answers {
  const ask = (query: ClientQuery, request: StreamRequest): Promise<Answer<AnswerPiece>> =>
    new Promise((resolve, reject) => {
      const own = running.begin(query);
      const started = performance.now();
      const ended = (outcome: Parameters<Metrics["asked"]>[0]): void =>
        metrics.asked(outcome, (performance.now() - started) / 1000);
      let late = false;
      const wording = (error: unknown): unknown => {
        if (own.signal.aborted) return own.signal.reason;
        return late ? tooLate(error) : worded(error, query.request.text);
      };
      const work = async (): Promise<void> => {
        const held = await tables.newest();
        try {
          await pool.use(query.client, held.snapshot, own.signal, async (engine) => {
            const kill = (): void => {
              late = true;
              void engine.kill();
            };
            const timer = setTimeout(kill, (query.request.timeoutMs ?? 3_600_000) + GRACE_MS);
            try {
              const outcome = await engine.stream(request, own.signal);
              if (!outcome.ok) {
                ended("refused");
                return reject(new QueryFault(outcome.diagnostics, query.request.text));
              }
              const first = await outcome.pieces.next();
              ended("answered");
              await new Promise<void>((done) => {
                if (own.signal.aborted) done();
                own.signal.addEventListener("abort", () => done(), { once: true });
                const stalled = { ms: options.stallMs, end: own.cancel };
                const on = { metrics, wording, signal: own.signal, stalled, done };
                const left = async (): Promise<void> => {
                  await outcome.pieces.return();
                  done();
                };
                resolve({ ...outcome, pieces: leavable(handedOn(first, outcome.pieces, on), left) });
              });
            } finally {
              clearTimeout(timer);
            }
          });
        } finally {
          held.done();
        }
      };
      work()
        .catch((error) => {
          const known = wording(error);
          ended(known instanceof ServeError && known.status === 429 ? "overloaded" : outcomeOf(known));
          reject(known);
        })
        .finally(own.end);
    });
  return {
    written: async (query, form) => (await ask(query, { ...query.request, form })) as Answer,
    rows: async (query) => (await ask(query, query.request)) as Answer<RowsPiece>,
  };
}

function outcomeOf(known: unknown): "refused" | "failed" {
  return known instanceof QueryFault ? "refused" : "failed";
}

interface HandingOn {
  readonly metrics: Metrics;
  readonly wording: (error: unknown) => unknown;
  readonly signal: AbortSignal;
  /** What happens when the client takes nothing for so long. */
  readonly stalled: { readonly ms: number; readonly end: (reason: Error) => void };
  readonly done: () => void;
}

/** Hands on what comes, and says `done` when the last piece was taken or nobody takes any more. */
async function* handedOn(
  first: IteratorResult<AnswerPiece, void>,
  rest: AsyncGenerator<AnswerPiece, void, undefined>,
  { metrics, wording, signal, stalled, done }: HandingOn,
): AsyncGenerator<AnswerPiece, void, undefined> {
  let timer: NodeJS.Timeout | undefined;
  try {
    for (let next = first; next.done !== true; next = await rest.next()) {
      metrics.rows(rowsIn(next.value));
      timer = setTimeout(() => stalled.end(notTaken(stalled.ms)), stalled.ms);
      yield next.value;
      clearTimeout(timer);
      signal.throwIfAborted();
    }
  } catch (error) {
    throw wording(error);
  } finally {
    clearTimeout(timer);
    await rest.return();
    done();
  }
}

function rowsIn(piece: AnswerPiece): number {
  return piece.kind === "end" ? 0 : piece.kind === "written" ? piece.count : piece.rows.length;
}

function notTaken(ms: number): ServeError {
  return new ServeError(408, "Stalled", `The answer was given up: none of it was taken for ${ms / 1000} s.`);
}

function tooLate(cause: unknown): ServeError {
  const message = "The query ran longer than it may and could not be stopped; its engine was ended.";
  return new ServeError(504, "Timeout", message, { cause, permanent: false });
}

/** A failure in words for a client, with the query's own words where it ended itself. */
function worded(error: unknown, text: string): unknown {
  const fault = error instanceof BackendError ? error.diagnostic : undefined;
  return fault === undefined ? told(error) : new QueryFault([fault], text);
}

/** A failure in words for a client. */
export function told(error: unknown): unknown {
  if (!(error instanceof BackendError)) return error;
  const cause = { cause: error };
  switch (error.kind) {
    case "timeout":
      return new ServeError(504, "Timeout", error.message, { ...cause, permanent: false });
    case "memory":
      return new ServeError(400, "LimitsExceeded", error.message, cause);
    case "cancelled":
      return new ServeError(400, "Cancelled", error.message, cause);
    case "failed":
      return new ServeError(500, "EngineFailed", "The engine could not run the query.", { ...cause, permanent: false });
  }
}
