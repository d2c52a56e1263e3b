import type { Backend } from "@goshawk/engine";
import type { CheckProblem } from "./problem.ts";

const TIMEOUT_MS = 30_000;

/** A problem with, at the end of its message, how many rows the query gives here as it stands and in the other reading. */
export async function countedReadings(
  problem: CheckProblem,
  backend: Backend,
  now: bigint,
  signal?: AbortSignal,
): Promise<CheckProblem> {
  if (problem.instead === undefined) return problem;
  const here = await rows(problem.instead.query, backend, now, signal);
  const other = await rows(problem.instead.other, backend, now, signal);
  if (here === undefined || other === undefined) return problem;
  return {
    ...problem,
    message: `${problem.message} Here the query gives ${here} rows as it stands, ${other} the other way.`,
  };
}

async function rows(query: string, backend: Backend, now: bigint, signal?: AbortSignal): Promise<string | undefined> {
  try {
    const outcome = await backend.query(
      { text: `${query.trimEnd().replace(/;$/, "")}\n| count`, now, timeoutMs: TIMEOUT_MS },
      signal,
    );
    return outcome.ok ? (outcome.table.rows[0]?.[0] ?? undefined) : undefined;
  } catch {
    signal?.throwIfAborted();
    return undefined;
  }
}
