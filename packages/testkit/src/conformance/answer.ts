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

const breakdowns =
  /^(internal|invariant|backend|engine|worker|crash|failed|memory|out-of-|time-?d?-?out|cancel|abort|unexpected)/i;

/** Whether the engine broke down, as against declining a query: a refusal has a reason and a place in the text. */
export function isBreakdown({ code, start }: AnswerError): boolean {
  return start === undefined || code.trim() === "" || breakdowns.test(code);
}
