import { expect, test } from "vitest";
import type { VerdictKind } from "../../src/conformance/verdict.ts";
import { formatFailures, formatReport } from "../../src/report/formatReport.ts";
import type { GapKind, KnownGap } from "../../src/report/gap.ts";
import { type Judgement, reportOn } from "../../src/report/report.ts";

const judged = (id: string, kind: VerdictKind): Judgement => {
  return { id, group: id.split("/")[0] ?? "", query: `print '${id}'`, verdict: { kind, note: "note" } };
};
const gap = (id: string, kind: GapKind = "refused"): KnownGap => ({ id, kind, cause: "because" });
const problems = (judgements: readonly Judgement[], gaps: readonly KnownGap[]) =>
  reportOn(judgements, gaps).failures.map(({ id, problem }) => `${id}: ${problem}`);

test("a known gap is no failure, and still counts as refused", () => {
  const report = reportOn([judged("a/1", "refused")], [gap("a/1")]);
  expect(report.failures).toEqual([]);
  expect([report.total.counts.refused, report.total.knownGaps]).toEqual([1, 1]);
});

test("a gap that has closed fails the run until it is taken off the list", () => {
  expect(problems([judged("a/1", "pass")], [gap("a/1")])).toEqual(["a/1: gap closed: remove 'a/1'"]);
  expect(problems([judged("a/1", "pass"), judged("a/2", "refused")], [gap("a/*")])).toEqual([
    "a/1: gap closed: narrow 'a/*'",
  ]);
});

test("a known refusal that turns into a wrong answer is a failure", () => {
  expect(problems([judged("a/1", "wrong")], [gap("a/1")])).toEqual([
    "a/1: wrong: note (the gap 'a/1' is known as 'refused')",
  ]);
  expect(problems([judged("a/1", "error")], [gap("a/1", "documentation-wrong")])).toHaveLength(1);
});

test("a tie may fall Kusto's way without closing its gap", () => {
  expect(problems([judged("a/1", "pass"), judged("a/2", "wrong")], [gap("a/*", "tie")])).toEqual([]);
});

test("a gap for one id goes before a gap for its prefix", () => {
  expect(problems([judged("a/1", "wrong")], [gap("a/*"), gap("a/1", "documentation-wrong")])).toEqual([]);
});

test("a gap that covers nothing is named", () => {
  const report = reportOn([judged("a/1", "pass")], [gap("b/*")]);
  expect(report.unusedGaps.map(({ id }) => id)).toEqual(["b/*"]);
  expect(formatFailures(report, 5)).toBe("gap 'b/*' covers nothing: remove it");
});

test("answering what Kusto refuses, and what was not asked, are no failures", () => {
  expect(problems([judged("a/1", "lenient"), judged("a/2", "skip")], [])).toEqual([]);
});

test("the table says what is in it", () => {
  const report = reportOn([judged("docs/1", "pass"), judged("docs/2", "wrong"), judged("x/1", "lenient")], []);
  expect(formatReport(report).split("\n")).toEqual([
    "       usable  pass  refused  wrong  error  known gaps  lenient  skipped",
    "docs        2     1        0      1      0           0        0        0",
    "x           0     0        0      0      0           0        1        0",
    "total       2     1        0      1      0           0        1        0",
  ]);
});

test("a long list of failures is cut with a count", () => {
  const report = reportOn([judged("a/1", "wrong"), judged("a/2", "wrong")], []);
  expect(formatFailures(report, 1)).toBe("a/1\n  wrong: note\n  print 'a/1'\nand 1 more");
});
