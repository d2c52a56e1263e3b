import type { ExclusionProblem, RuleOutcome, Tuning } from "@goshawk/hunt";
import pc from "picocolors";
import { forTerminal } from "../output/escape.ts";

/** What is wrong with files of exclusions, with line and column. */
export function exclusionProblemNotes(problems: readonly ExclusionProblem[]): readonly string[] {
  return problems.map(
    ({ path, line, column, message, next }) =>
      `${path}:${line}:${column}: error: ${forTerminal(message)} ${next} No exclusion of this file is applied.`,
  );
}

/** What exclusions did in a hunt: a line for each and each rule, also for those that did nothing. */
export function tuningNotes(outcomes: readonly RuleOutcome[], color: boolean): readonly string[] {
  const colors = pc.createColors(color);
  return outcomes.flatMap((outcome) => {
    if (!("findings" in outcome) || outcome.tuning === undefined) return [];
    const rule = forTerminal(outcome.rule.name);
    return [
      ...effectNotes(outcome.tuning, rule).map((line) => colors.dim(line)),
      ...brokenNotes(outcome.tuning, rule).map((line) => colors.red(line)),
    ];
  });
}

function effectNotes({ effects, idle, weakened }: Tuning, rule: string): readonly string[] {
  const lines = effects.map(({ exclusion, hides, hidesAlone }) => {
    const shared = hides === hidesAlone ? "" : `, ${hidesAlone} of them alone`;
    return `exclusion ${exclusion.id} hides ${findings(hides)} of ${rule}${shared}; owner ${exclusion.owner}, until ${exclusion.expires}`;
  });
  if (weakened > 0) lines.push(`exclusions take events from ${findings(weakened)} of ${rule} that stay`);
  for (const { exclusion, state } of idle) {
    const reasons = {
      draft: "is a draft: nobody has said 'drop' or 'keep'",
      expired: `expired on ${exclusion.expires}`,
      unreached: `can't reach ${exclusion.table}, which the rule reads by a wildcard or a function`,
    };
    const reason = reasons[state];
    lines.push(`exclusion ${exclusion.id} ${reason}; it is not applied to ${rule}`);
  }
  return lines.map(forTerminal);
}

function brokenNotes({ broken }: Tuning, rule: string): readonly string[] {
  return broken.map(({ exclusion, reasons }) => {
    const { path, position } = exclusion;
    const reason = forTerminal(reasons.join(" "));
    return `${path}:${position.line}:${position.column}: error: the exclusion '${exclusion.id}' can't be applied to ${rule}: ${reason} Nothing is hidden.`;
  });
}

/** Whether an exclusion could not be applied. */
export function hasBroken(outcomes: readonly RuleOutcome[]): boolean {
  return outcomes.some((outcome) => "findings" in outcome && (outcome.tuning?.broken.length ?? 0) > 0);
}

function findings(count: number): string {
  return `${count} finding${count === 1 ? "" : "s"}`;
}
