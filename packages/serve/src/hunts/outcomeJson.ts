import type { Finding, RuleOutcome } from "@goshawk/hunt";
import { formatDatetime } from "@goshawk/kql";

/** What came of one rule, as the API tells it. */
export function outcomeJson(outcome: RuleOutcome): object {
  const rule = { id: outcome.rule.id, name: outcome.rule.name, severity: outcome.rule.severity };
  switch (outcome.kind) {
    case "refused":
      return { rule, outcome: outcome.kind, reasons: outcome.diagnostics.map((item) => item.message) };
    case "failed":
      return { rule, outcome: outcome.kind, reasons: ["The engine could not run the query, or it took too long."] };
    case "findings":
    case "clean":
    case "could-not-look":
      return {
        rule,
        outcome: outcome.kind,
        now: formatDatetime(outcome.now),
        searched: outcome.coverage.searched.map((table) => table.name),
        missing: outcome.coverage.missing,
        findings: outcome.findings.map(findingJson),
        suppressed: (outcome.tuning?.suppressed ?? []).map(({ finding, by }) => ({
          ...findingJson(finding),
          by: by,
        })),
        broken: (outcome.tuning?.broken ?? []).map(({ exclusion, reasons }) => ({ exclusion: exclusion.id, reasons })),
        warnings: outcome.warnings,
        milliseconds: Math.round(outcome.milliseconds),
      };
  }
}

function findingJson({ id, entity, firstSeen, lastSeen, count, evidence }: Finding): object {
  return { id, entity, firstSeen, lastSeen, count, evidence: Object.fromEntries(evidence) };
}
