import type { Row } from "../compare/rows.ts";

export interface ResultAnswer {
  readonly id: string;
  readonly columns: readonly string[];
  readonly types: readonly string[];
  readonly rows: readonly Row[];
}

export interface ErrorAnswer {
  readonly id: string;
  readonly error: AnswerError;
}

/** Why a query was not answered, and the half-open stretch of its text that is to blame. */
export interface AnswerError {
  readonly code: string;
  readonly message: string;
  readonly start?: number;
  readonly length?: number;
}

/** What the engine said to one query of a batch; cells are Kusto's text or null. */
export type Answer = ResultAnswer | ErrorAnswer;

export function isError(answer: Answer): answer is ErrorAnswer {
  return "error" in answer;
}

const failures =
  /^(internal|invariant|backend|engine|worker|crash|time-?d?-?out|timeout|cancel|aborted|out-of-|unexpected)/i;

/** Whether the engine broke down, as against declining a query that it understood well enough to decline. */
export function isBreakdown(error: AnswerError): boolean {
  return error.code.trim() === "" || failures.test(error.code);
}
