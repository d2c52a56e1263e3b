import type { RuleOutcome } from "@goshawk/hunt";
import { forTerminal } from "../output/escape.ts";

/** What the answers of rules can't tell, such as that another workspace's table is this store's: a line for each warning. */
export function warningNotes(outcomes: readonly RuleOutcome[]): readonly string[] {
  const rules = new Map<string, string[]>();
  for (const outcome of outcomes)
    if ("warnings" in outcome)
      for (const warning of new Set(outcome.warnings))
        rules.set(warning, [...(rules.get(warning) ?? []), outcome.rule.name]);
  return [...rules].map(([warning, [first = "", ...more]]) => {
    const others = more.length === 0 ? "" : ` and ${more.length} more ${more.length === 1 ? "rule" : "rules"}`;
    return forTerminal(`warning: ${first}${others}: ${warning}`);
  });
}
