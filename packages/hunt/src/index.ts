export { type AttackCatalogue, attackCatalogue, type Tactic, type Technique } from "./attack/catalogue.ts";
export { type CheckedFile, type CheckedRule, type CheckInput, type CheckOptions, checkFiles } from "./check/check.ts";
export { type CheckCode, checkCodes, isCheckCode, summaryOf } from "./check/codes.ts";
export { type CheckConfig, readCheckConfig, weighed, withoutCodes } from "./check/config.ts";
export { type Examiner, type ExaminerOptions, startExaminer } from "./check/examiner.ts";
export { fixed } from "./check/fix.ts";
export type { CheckProblem, CheckSeverity } from "./check/problem.ts";
export { countedReadings } from "./check/readings.ts";
export { type RunsHere, runsHere } from "./check/runsHere.ts";
export { type Breadth, breadthOf } from "./exclusions/breadth.ts";
export type { ColumnsOfTable, TypedColumn } from "./exclusions/datatable.ts";
export { type ColumnsOf, type DraftedExclusion, draftExclusion, siblingTables } from "./exclusions/draft/draft.ts";
export { draftsText, odditiesOf } from "./exclusions/draft/write.ts";
export {
  type Evidence,
  type Exclusion,
  type ExclusionState,
  type Meaning,
  type Sample,
  type SampleRow,
  stateOf,
  tunes,
} from "./exclusions/exclusion.ts";
export { type HiddenRows, hiddenRows } from "./exclusions/hiddenRows.ts";
export { type LoadedExclusions, loadExclusions, parseExclusions } from "./exclusions/load.ts";
export { type EventTime, narrowing } from "./exclusions/narrowing.ts";
export { bypassOf } from "./exclusions/outline.ts";
export { type ProofOptions, type Proven, provenText } from "./exclusions/portable/provenText.ts";
export { type TunedForm, tunedForms, tunedText } from "./exclusions/portable/tunedText.ts";
export { type Watchlisted, watchlistCsv, watchlisted } from "./exclusions/portable/watchlist.ts";
export type { ExclusionProblem } from "./exclusions/problem.ts";
export {
  type ExclusionReview,
  type ReviewKind,
  type ReviewNote,
  type ReviewOptions,
  reviewExclusions,
} from "./exclusions/review/review.ts";
export { type FailedSample, failedSamples, hides, type SampleOptions } from "./exclusions/samples.ts";
export { bypassWitness, type Witness, witnessText } from "./exclusions/witness/witness.ts";
export { sentinelBookmarks } from "./findings/export/bookmarks.ts";
export { type FindingFacts, factsIn } from "./findings/export/facts.ts";
export { navigatorLayer } from "./findings/export/navigator.ts";
export { type StixSightings, stixSightings } from "./findings/export/stix.ts";
export { type FindingsFilter, isWanted } from "./findings/filter.ts";
export { foldJournal } from "./findings/fold.ts";
export { type HistoryLine, historyOf } from "./findings/history.ts";
export type {
  ExclusionEffect,
  HuntEntry,
  HuntedExclusion,
  HuntedRule,
  HuntedTable,
  UnappliedExclusion,
} from "./findings/huntEntry.ts";
export { type HuntSetting, huntEntryOf } from "./findings/huntEntryOf.ts";
export { appendEntries, type Journal, readJournal } from "./findings/journal.ts";
export { queriesIn } from "./findings/queries.ts";
export {
  type AlertEntry,
  type DecisionEntry,
  type FindingRecord,
  type FindingVerdict,
  type JournalEntry,
  type Presence,
  type RunEntry,
  type Sighting,
  type Status,
  statuses,
  verdicts,
} from "./findings/record.ts";
export { type ScheduledRun, scheduledRunOf } from "./findings/scheduledRun.ts";
export { runEntryOf } from "./findings/sightings.ts";
export type { FunctionFile, FunctionProblem } from "./functions/functionFile.ts";
export { loadFunctions } from "./functions/load.ts";
export { type Coverage, coverageOf, type TableCoverage, type Verdict } from "./hunts/coverage.ts";
export type { Entity } from "./hunts/entities.ts";
export { countFindings, type Finding, findingsOf } from "./hunts/finding.ts";
export { type HuntOptions, type RuleAnswer, type RuleOutcome, runHunt, type Tuning } from "./hunts/runHunt.ts";
export { type BrokenExclusion, type Effect, type Suppressed, sameAnswers, tune } from "./hunts/tuned.ts";
export { type Unreached, unreachedBy } from "./hunts/unreached.ts";
export { reportPage } from "./report/page.ts";
export { huntsIn, type Report, type ReportedFinding, reportOf } from "./report/report.ts";
export { type LoadRulesOptions, loadRules } from "./rules/load.ts";
export { type LoadRulePathsOptions, loadRulePaths } from "./rules/loadPaths.ts";
export type { RuleProblem, RuleProblemCode } from "./rules/problem.ts";
export type { Repair, RepairCode } from "./rules/repair.ts";
export type {
  Connector,
  EntityMapping,
  FieldMapping,
  Page,
  Rule,
  RuleFile,
  RuleFormat,
  RuleKind,
  RuleSeverity,
  RuleValue,
  ScenarioDraft,
  TriggerOperator,
} from "./rules/rule.ts";
export { type DecodedText, decodeRuleText } from "./rules/text/decode.ts";
export { type OriginRun, positionIn, type TextOrigin } from "./rules/text/origin.ts";
export { afterAlert, alertEntryOf, isAnswered, noPast, pastsIn, type RulePast } from "./schedule/alert.ts";
export { type Backtest, type BacktestOptions, backtest, type ReplayedRun } from "./schedule/backtest.ts";
export { durationTicks } from "./schedule/duration.ts";
export { type ReplayWindow, replayRequest, unheldTables } from "./schedule/replay.ts";
export { type DueSlots, dueSlots, jitterOf, nextSlot } from "./schedule/slots.ts";
export { alertsOf, suppressionOf, triggers } from "./schedule/trigger.ts";
export { type LoadedTests, loadTests } from "./tests/load.ts";
export { planTests, type TestPlan } from "./tests/plan.ts";
export { type RecordOptions, recordCase, testFileText } from "./tests/record.ts";
export { type PlannedCase, runTests, type TestEngine, type TestOptions, type TestResult } from "./tests/run.ts";
export type { TestCase, TestProblem } from "./tests/testCase.ts";
