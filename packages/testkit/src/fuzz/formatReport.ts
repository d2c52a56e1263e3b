import type { FuzzFailure, FuzzReport } from "./run.ts";

const MOST_REASONS = 40;

/** The report of a run as text: counts, refusals, failures. */
export function formatFuzzReport({ queries, answered, exact, slow, refused, failures }: FuzzReport): string {
  const reasons = [...refused].sort(([, a], [, b]) => b.times - a.times);
  const stopped = reasons.reduce((sum, [, { times }]) => sum + times, 0);
  return [
    `${queries} queries: ${answered} answered (${exact} with rows to compare), ${stopped} refused, ${slow.length} too slow, ${failures.length} kinds of failure`,
    ...reasons.slice(0, MOST_REASONS).map(([reason, { times }]) => `  ${String(times).padStart(5)}  ${reason}`),
    ...slow.slice(0, 10).map((text) => `\ntoo slow:\n${text}`),
    ...failures.map(formatFailure),
  ].join("\n");
}

/** A failure with its seed, its smallest query and the tables that it reads. */
export function formatFailure({ law, message, seed, query, tables, times }: FuzzFailure): string {
  return `\n${"=".repeat(20)} ${law} (${times} times), first with seed ${seed}\n${message}\n--\n${[...tables, query].join("\n")}`;
}
