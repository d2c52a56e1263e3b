import type { Report, ReportRow } from "./report.ts";
import { textTable } from "./textTable.ts";

const header = ["", "usable", "pass", "refused", "wrong", "error", "known gaps", "lenient", "skipped"];

/** The figures as a table: one row a source or area, and the total. */
export function formatReport(report: Report): string {
  return textTable(header, [...report.rows, report.total].map(figures));
}

function figures({ group, counts, knownGaps }: ReportRow): readonly (string | number)[] {
  const { pass, refused, wrong, error, lenient, skip } = counts;
  return [group, pass + refused + wrong + error, pass, refused, wrong, error, knownGaps, lenient, skip];
}

/** The failures, at most `limit` of them, each with its id, problem and query; empty where there are none. */
export function formatFailures(report: Report, limit: number): string {
  const { failures, unusedGaps } = report;
  const shown = failures.slice(0, limit).map(({ id, problem, query }) => `${id}\n  ${problem}\n  ${oneLine(query)}`);
  const rest = failures.length > limit ? [`and ${failures.length - limit} more`] : [];
  const unused = unusedGaps.map(({ id }) => `gap '${id}' covers nothing: remove it`);
  return [...shown, ...rest, ...unused].join("\n");
}

function oneLine(query: string): string {
  const folded = query.replaceAll(/\s+/g, " ").trim();
  return folded.length > 200 ? `${folded.slice(0, 199)}…` : folded;
}
