import type { Backend, QueryRequest } from "@goshawk/engine";
import type { Exclusion } from "../exclusions/exclusion.ts";
import type { EventTime } from "../exclusions/narrowing.ts";

/**
 * Why an exclusion can't tell what to keep: `keep` over evidence that is not there would hide everything. Undefined where
 * its evidence table holds rows of the time that the exclusion looks at, within `asked.scope`.
 */
export async function blindness(
  { meaning, evidence }: Exclusion,
  backend: Backend,
  asked: Pick<QueryRequest, "now" | "scope" | "timeoutMs">,
  { eventTime, signal }: { readonly eventTime: EventTime; readonly signal?: AbortSignal },
): Promise<string | undefined> {
  if (meaning !== "keep" || evidence === undefined) return undefined;
  const { table, lookback } = evidence;
  const text = `${table}\n| where ${eventTime(table)} > ago(${lookback})\n| take 1`;
  const outcome = await backend.query({ ...asked, text }, signal);
  // What can't be asked can't be applied either, and that says why.
  if (!outcome.ok || outcome.table.rows.length > 0) return undefined;
  return `${table} holds no rows of the ${lookback} before now(), so nothing shows what to keep.`;
}
