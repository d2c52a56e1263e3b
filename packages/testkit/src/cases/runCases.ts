import { askAll, type BatchOptions } from "../conformance/batch.ts";
import { verdict } from "../conformance/verdict.ts";
import type { KnownGap } from "../report/gap.ts";
import { type Report, reportOn } from "../report/report.ts";
import type { ConformanceCase } from "./case.ts";
import { judgeCase } from "./judgeCase.ts";

export interface CasesOptions extends BatchOptions {
  readonly cases: readonly ConformanceCase[];
  readonly gaps: readonly KnownGap[];
}

/** Puts our own cases to an engine and reports by area. */
export async function runCases({ cases, gaps, ...batch }: CasesOptions): Promise<Report> {
  const answers = await askAll(
    cases.map(({ id, kql }) => ({ id, query: kql })),
    batch,
  );
  const judgements = cases.map((one) => {
    const answer = answers.get(one.id);
    const found = answer === undefined ? verdict("error", "no answer") : judgeCase(one, answer);
    return { id: one.id, group: one.area, query: one.kql, verdict: found };
  });
  return reportOn(judgements, gaps);
}
