export type { ConformanceCase, ExpectedError, ExpectedTable } from "./cases/case.ts";
export { judgeCase } from "./cases/judgeCase.ts";
export { type Cases, readCases } from "./cases/readCases.ts";
export { type CasesOptions, runCases } from "./cases/runCases.ts";
export { type Cell, type CellRules, cellEquals, exactly } from "./compare/cell.ts";
export { type Row, type RowsRules, rowsDifference } from "./compare/rows.ts";
export type { Answer, AnswerError, ErrorAnswer, ResultAnswer } from "./conformance/answer.ts";
export type { BatchContext, BatchOptions, BatchQuery, RunBatch } from "./conformance/batch.ts";
export { judge } from "./conformance/judge.ts";
export { readRecords } from "./conformance/readRecords.ts";
export type { Check, ConformanceRecord, Expected } from "./conformance/record.ts";
export { type ConformanceOptions, isCounted, runConformance } from "./conformance/runConformance.ts";
export { readSampleTables, type SampleTable } from "./conformance/tables.ts";
export type { Verdict, VerdictKind } from "./conformance/verdict.ts";
export { writeTables } from "./engine/rowsParquet.ts";
export { openSessionBatch, type SessionBatch } from "./engine/sessionBatch.ts";
export { formatFailure, formatFuzzReport } from "./fuzz/formatReport.ts";
export { type FuzzFailure, type FuzzOptions, type FuzzReport, fuzz } from "./fuzz/run.ts";
export { type GoldenCase, type GoldenOptions, type GoldenOutput, golden } from "./goldenFiles/golden.ts";
export { conformanceFolder, sharedFolder } from "./read/sharedFolder.ts";
export type { FileProblem } from "./read/yamlList.ts";
export { formatFailures, formatReport } from "./report/formatReport.ts";
export type { GapKind, KnownGap } from "./report/gap.ts";
export { type KnownGaps, readKnownGaps } from "./report/readKnownGaps.ts";
export type { Failure, Judgement, Report, ReportRow } from "./report/report.ts";
export { formatSupportMatrix } from "./report/supportMatrix.ts";
export { unusualRows } from "./rows/unusualRows.ts";
export { readRuleRecords } from "./rules/readRuleRecords.ts";
export {
  formatRepositoryTable,
  type RepositoryRow,
  type RepositoryTable,
  type RuleOutcome,
  type RuleStep,
  ruleSteps,
  type SurveyOptions,
  surveyRules,
} from "./rules/repositoryTable.ts";
export type { RuleFormat, RuleMeta, RuleRecord } from "./rules/ruleRecord.ts";
