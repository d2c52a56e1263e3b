import type { ResultTable } from "@goshawk/engine";
import type { CheckedFile, CheckedRule, CheckProblem, CheckSeverity, RunsHere } from "@goshawk/hunt";
import { summaryOf } from "@goshawk/hunt";
import pc from "picocolors";
import { forTerminal } from "../output/escape.ts";

const MOST_SHOWN = 400;

/** Problems as a person reads them: by file, a line each. */
export function problemsText(problems: readonly CheckProblem[], color: boolean): string {
  const colors = pc.createColors(color);
  const paint: Readonly<Record<CheckSeverity, (text: string) => string>> = {
    error: colors.red,
    warning: colors.yellow,
    information: colors.dim,
  };
  const lines: string[] = [];
  let path = "";
  for (const item of problems.slice(0, MOST_SHOWN)) {
    if (item.path !== path) lines.push("", colors.bold(forTerminal(item.path)));
    path = item.path;
    const place = `${item.start.line}:${item.start.column}`.padStart(8);
    const text = forTerminal(item.next === undefined ? item.message : `${item.message} ${item.next}`);
    const mark = item.fix === undefined ? "" : colors.dim(" (--fix)");
    lines.push(`${place}  ${paint[item.severity](`${item.severity} ${item.code}`)}  ${text}${mark}`);
  }
  const more = problems.length - MOST_SHOWN;
  if (more > 0) lines.push("", `${more} more; --summary counts them, --format json lists all.`);
  return lines.length === 0 ? "" : `${lines.join("\n").trimStart()}\n`;
}

const weights: readonly CheckSeverity[] = ["error", "warning", "information"];

/** Counts by code, the weightiest and most frequent first. */
export function countsTable(problems: readonly CheckProblem[]): ResultTable {
  const counts = new Map<string, { readonly first: CheckProblem; problems: number; readonly files: Set<string> }>();
  for (const problem of problems) {
    const key = `${problem.severity} ${problem.code}`;
    const known = counts.get(key) ?? { first: problem, problems: 0, files: new Set<string>() };
    known.problems++;
    known.files.add(problem.path);
    counts.set(key, known);
  }
  const rows = [...counts.values()]
    .sort((a, b) => weights.indexOf(a.first.severity) - weights.indexOf(b.first.severity) || b.problems - a.problems)
    .map(({ first, problems: count, files }) => [
      first.severity,
      first.code,
      String(count),
      String(files.size),
      summaryOf(first.code),
    ]);
  return {
    columns: [
      { name: "Severity", type: "string" },
      { name: "Code", type: "string" },
      { name: "Problems", type: "long" },
      { name: "Files", type: "long" },
      { name: "Meaning", type: "string" },
    ],
    rows,
    truncated: false,
  };
}

/** A row a rule: what it can be, and whether it can run here. */
export function rulesTable(rules: readonly CheckedRule[], runs: ReadonlyMap<CheckedRule, RunsHere>): ResultTable {
  const said = (reasons: readonly string[] | undefined): string =>
    reasons === undefined ? "can't tell" : reasons.length === 0 ? "yes" : `no: ${reasons.join("; ")}`;
  const here = runs.size > 0;
  return {
    columns: [
      { name: "Rule", type: "string" },
      ...(here
        ? ([
            { name: "RunsHere", type: "string" },
            { name: "Why", type: "string" },
          ] as const)
        : []),
      { name: "NearRealTime", type: "string" },
      { name: "CustomDetection", type: "string" },
      { name: "Path", type: "string" },
    ],
    rows: rules.map((item) => [
      item.rule.name,
      ...(here ? [runs.get(item)?.verdict ?? "can't", runs.get(item)?.why ?? ""] : []),
      said(item.notNrt),
      said(item.notDetection),
      item.rule.path,
    ]),
    truncated: false,
  };
}

/** One line on the whole. */
export function closingLine(
  files: readonly CheckedFile[],
  problems: readonly CheckProblem[],
  silenced: number,
): string {
  const count = (severity: CheckSeverity): number => problems.filter((item) => item.severity === severity).length;
  const rules = files.reduce((sum, file) => sum + file.rules.length, 0);
  const quiet = silenced === 0 ? "" : `, ${silenced} silenced`;
  return `${plural(rules, "rule")} in ${plural(files.length, "file")}: ${plural(count("error"), "error")}, ${plural(count("warning"), "warning")}, ${count("information")} of information${quiet}.`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
