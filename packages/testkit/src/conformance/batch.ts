import type { Answer } from "./answer.ts";
import type { SampleTable } from "./tables.ts";

export interface BatchQuery {
  readonly id: string;
  readonly query: string;
}

export interface BatchContext {
  /** The tables that the queries may read, besides those that they define themselves. */
  readonly tables: readonly SampleTable[];
  readonly signal?: AbortSignal;
}

/** Puts queries to an engine; answers carry the id of their query and may come in any order. */
export type RunBatch = (queries: readonly BatchQuery[], context: BatchContext) => Promise<readonly Answer[]>;

export interface BatchOptions extends BatchContext {
  readonly runBatch: RunBatch;
  /** Queries a call; 200 where not said. */
  readonly batchSize?: number;
  readonly onProgress?: (done: number, of: number) => void;
}

/** Puts all queries in batches; throws where an answer fits no query or comes twice, for then none can be trusted. */
export async function askAll(
  queries: readonly BatchQuery[],
  options: BatchOptions,
): Promise<ReadonlyMap<string, Answer>> {
  const { runBatch, batchSize = 200, onProgress, ...context } = options;
  const answers = new Map<string, Answer>();
  for (let start = 0; start < queries.length; start += batchSize) {
    options.signal?.throwIfAborted();
    const batch = queries.slice(start, start + batchSize);
    for (const answer of matched(batch, await runBatch(batch, context))) answers.set(answer.id, answer);
    onProgress?.(start + batch.length, queries.length);
  }
  return answers;
}

function matched(batch: readonly BatchQuery[], answers: readonly Answer[]): readonly Answer[] {
  const open = new Set(batch.map(({ id }) => id));
  for (const { id } of answers) {
    if (!open.delete(id)) throw new Error(`an answer to '${id}', which was not asked or has been answered`);
  }
  return answers;
}
