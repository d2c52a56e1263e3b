import { BackendError, type ResultTable } from "@goshawk/engine";
import type { Session } from "@goshawk/engine/duckdb";
import type { Diagnostic } from "@goshawk/kql";

/** What became of a query. */
export type Outcome =
  | { readonly kind: "rows"; readonly table: ResultTable }
  | { readonly kind: "refused"; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: "slow" }
  /** It should never come to this. */
  | { readonly kind: "crash"; readonly message: string };

/** 2024-07-01, at the end of the rows' month. */
const NOW = 638_553_888_000_000_000n;
const TIMEOUT_MS = 10_000;

/** More rows than this are not compared. */
export const MOST_ROWS = 1000;

export async function outcomeOf(
  text: string,
  session: Session,
  how: { readonly asBound?: boolean } = {},
): Promise<Outcome> {
  try {
    const found = await session.run({ text, now: NOW, timeoutMs: TIMEOUT_MS, rowLimit: MOST_ROWS, ...how });
    return found.ok ? { kind: "rows", table: found.table } : { kind: "refused", diagnostics: found.diagnostics };
  } catch (error) {
    if (error instanceof BackendError && error.kind !== "failed") return { kind: "slow" };
    return { kind: "crash", message: describe(error) };
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof BackendError) return error.message;
  return `${error.name}: ${error.message} ${error.stack?.split("\n")[1]?.trim() ?? ""}`;
}
