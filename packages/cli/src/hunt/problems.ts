import type { Rule, RuleFile, RuleOutcome } from "@goshawk/hunt";
import { positionIn } from "@goshawk/hunt";
import type { Diagnostic } from "@goshawk/kql";
import pc from "picocolors";
import { forTerminal } from "../output/escape.ts";

const SHOWN_FILES = 5;

/** The repairs and problems of rule files, with line and column; the repairs of many files are counted by kind. */
export function fileNotes(files: readonly RuleFile[], color: boolean): readonly string[] {
  const colors = pc.createColors(color);
  const repaired = files.filter((file) => file.repairs.length > 0);
  const repairs = repaired.length > SHOWN_FILES ? countedRepairs(repaired) : repaired.flatMap(repairNotes);
  const problems = files.flatMap((file) =>
    file.problems.map(
      (item) =>
        `${item.path}:${item.line}:${item.column}: ${item.severity}: ${forTerminal(item.message)} ${forTerminal(item.next)}`,
    ),
  );
  return [...repairs.map((line) => colors.dim(line)), ...problems];
}

function repairNotes(file: RuleFile): readonly string[] {
  return file.repairs.map(
    (item) => `${file.path}:${item.line}:${item.column}: repaired: ${forTerminal(item.what)}; ${forTerminal(item.fix)}`,
  );
}

function countedRepairs(files: readonly RuleFile[]): readonly string[] {
  const kinds = new Map<string, { count: number; readonly example: string }>();
  for (const file of files) {
    for (const code of new Set(file.repairs.map((item) => item.code))) {
      const example = repairNotes({ ...file, repairs: file.repairs.filter((item) => item.code === code) })[0] ?? "";
      const known = kinds.get(code);
      if (known === undefined) kinds.set(code, { count: 1, example });
      else known.count++;
    }
  }
  return [...kinds].map(([code, { count, example }]) => `repaired (${code}) in ${count} files, for example ${example}`);
}

/** Where the queries of rules are at fault, in the files that the rules came from. */
export function refusalNotes(outcomes: readonly RuleOutcome[]): readonly string[] {
  return outcomes.flatMap((outcome) =>
    outcome.kind === "refused" ? outcome.diagnostics.map((item) => refusalNote(outcome.rule, item)) : [],
  );
}

function refusalNote(rule: Rule, item: Diagnostic): string {
  const at = positionIn(rule.queryOrigin, item.span.start);
  return `${rule.path}:${at.line}:${at.column}: ${item.severity} ${item.code}: ${forTerminal(item.message)}`;
}
