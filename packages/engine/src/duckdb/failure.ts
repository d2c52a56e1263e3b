import { runTimeFaultIn } from "@goshawk/kql";
import type { QueryOutcome } from "../backend.ts";
import { BackendError } from "../error.ts";

export type Refused = Extract<QueryOutcome, { readonly ok: false }>;

/** What the query raised itself is an answer about it, not a failure of the engine. */
export async function orRefused<T>(work: () => Promise<T>): Promise<T | Refused> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof BackendError) || error.diagnostic === undefined) throw error;
    return { ok: false, diagnostics: [error.diagnostic] };
  }
}

/** What DuckDB reports, in our words; `timeoutMs` where it was stopped for its time. */
export function backendError(cause: unknown, timedOut: boolean, timeoutMs: number | undefined): BackendError {
  const message = cause instanceof Error ? cause.message : String(cause);
  if (timedOut)
    return new BackendError("timeout", `The query ran longer than ${timeoutMs} ms and was stopped.`, { cause });
  if (/^INTERRUPT\b/i.test(message)) return new BackendError("cancelled", "The query was cancelled.", { cause });
  if (/^Out of Memory/i.test(message))
    return new BackendError("memory", "The query needs more memory than it may use.", { cause, retry: true });
  const fault = runTimeFaultIn(message);
  return new BackendError("failed", fault?.message ?? message, { cause, diagnostic: fault });
}
