import type { Rule, TestProblem, TestResult } from "@goshawk/hunt";
import pc from "picocolors";
import { forTerminal } from "../output/escape.ts";

/** Failed cases with what differs, and one line on the whole. */
export function testText(results: readonly TestResult[], color: boolean): string {
  const colors = pc.createColors(color);
  const bad = results.filter(({ outcome }) => outcome !== "passed");
  return bad
    .map(({ test, outcome, lines, rule }) => {
      const { path, position, name } = test;
      const head = `${colors.red(outcome === "failed" ? "✗" : "!")} ${forTerminal(name)}${rule === undefined ? "" : colors.dim(` · ${forTerminal(rule.name)}`)}`;
      const place = colors.dim(`  ${forTerminal(path)}:${position.line}:${position.column}`);
      const body = lines.map((line) => `    ${painted(forTerminal(line), colors)}`);
      return `${[head, place, ...body].join("\n")}\n`;
    })
    .join("\n");
}

function painted(line: string, colors: ReturnType<typeof pc.createColors>): string {
  if (line.startsWith("+ ")) return colors.green(line);
  return line.startsWith("- ") ? colors.red(line) : line;
}

/** What is wrong in test files. */
export function testProblemNotes(problems: readonly TestProblem[]): readonly string[] {
  return problems.map(
    ({ path, line, column, message }) => `${forTerminal(path)}:${line}:${column}: error: ${forTerminal(message)}`,
  );
}

/** One line on the whole. */
export function closingLine(results: readonly TestResult[], untested: readonly Rule[], seconds: number): string {
  const count = (outcome: TestResult["outcome"]): number => results.filter((item) => item.outcome === outcome).length;
  const tested = new Set(results.flatMap(({ rule }) => (rule === undefined ? [] : [rule]))).size;
  const errors = count("error") === 0 ? "" : `, ${count("error")} could not be tried`;
  const bare = untested.length === 0 ? "" : `; ${untested.length} of ${tested + untested.length} rules have no test`;
  return `${count("passed")} passed, ${count("failed")} failed${errors} in ${seconds.toFixed(1)} s${bare}.`;
}
