import { type AnswerError, isBreakdown } from "./answer.ts";

/**
 * `refused`: declined by the engine. `error`: the engine broke down, or did not answer.
 * `lenient`: answered a query that Kusto refuses, which is no wrong result.
 */
export type VerdictKind = "pass" | "refused" | "wrong" | "error" | "lenient" | "skip";

export interface Verdict {
  readonly kind: VerdictKind;
  /** What differs; empty where there is nothing to say. */
  readonly note: string;
}

export const passed: Verdict = { kind: "pass", note: "" };

export function verdict(kind: VerdictKind, note: string): Verdict {
  return { kind, note: note.length > 300 ? `${note.slice(0, 299)}…` : note };
}

/** A pass where nothing differs. */
export function unlessDifferent(difference: string | undefined): Verdict {
  return difference === undefined ? passed : verdict("wrong", difference);
}

/** The verdict on a query that should have been answered and was not. */
export function verdictOnError(error: AnswerError): Verdict {
  return verdict(isBreakdown(error) ? "error" : "refused", `${error.code}: ${error.message}`);
}
