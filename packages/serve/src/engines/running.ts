import type { QueryRequest } from "@goshawk/engine";
import { ServeError } from "../http/serveError.ts";

/** One query of one client. */
export interface ClientQuery {
  readonly request: QueryRequest;
  /** Whose turn it counts as. */
  readonly client: string;
  /** What a client calls it, to cancel it by. */
  readonly id: string;
  /** Aborted when the client goes away. */
  readonly signal: AbortSignal;
}

/** A query in hand. */
export interface RunningQuery {
  readonly id: string;
  readonly client: string;
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly since: number;
  cancel(): void;
}

/** The queries that wait or run, by the ids that their clients gave them. */
export interface RunningQueries {
  begin(query: ClientQuery): { readonly signal: AbortSignal; cancel(reason: Error): void; end(): void };
  list(): readonly RunningQuery[];
  cancelAll(): void;
}

export function runningQueries(): RunningQueries {
  const queries = new Set<RunningQuery>();
  return {
    begin: ({ id, client, request, signal }) => {
      const abort = new AbortController();
      const cancel = (): void => abort.abort(new ServeError(400, "Cancelled", "The query was cancelled."));
      if (signal.aborted) cancel();
      else signal.addEventListener("abort", cancel, { once: true });
      const query: RunningQuery = { id, client, text: request.text, since: Date.now(), cancel };
      queries.add(query);
      return {
        signal: abort.signal,
        cancel: (reason) => abort.abort(reason),
        end: () => {
          signal.removeEventListener("abort", cancel);
          queries.delete(query);
        },
      };
    },
    list: () => [...queries],
    cancelAll: () => {
      for (const query of queries) query.cancel();
    },
  };
}
