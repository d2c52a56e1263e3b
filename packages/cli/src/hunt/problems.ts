import type { Rule, RuleFile, RuleOutcome } from "@goshawk/hunt";
import { positionIn } from "@goshawk/hunt";
import type { Diagnostic } from "@goshawk/kql";
import pc from "picocolors";
import { forTerminal } from "../output/escape.ts";

/** The repairs and problems of rule files, a line or two each, with line and column of the file. */
export function fileNotes(files: readonly RuleFile[], color: boolean): readonly string[] {
  const colors = pc.createColors(color);
  return files.flatMap((file) => [
    ...file.repairs.map((item) =>
      colors.dim(
        `${file.path}:${item.line}:${item.column}: repaired: ${forTerminal(item.what)}; ${forTerminal(item.fix)}`,
      ),
    ),
    ...file.problems.map(
      (item) =>
        `${item.path}:${item.line}:${item.column}: ${item.severity}: ${forTerminal(item.message)} ${forTerminal(item.next)}`,
    ),
  ]);
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
