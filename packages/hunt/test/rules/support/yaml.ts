import { loadRules } from "../../../src/rules/load.ts";
import type { RuleFile } from "../../../src/rules/rule.ts";

export const id = "1525a733-192f-41f2-96ba-d3f631ca00d0";

/** The lines of a rule that is sound but for what the caller adds. */
export function ruleText(...lines: readonly string[]): string {
  return [`id: ${id}`, "name: A rule", ...lines, ""].join("\n");
}

export function load(...lines: readonly string[]): RuleFile {
  return loadRules(ruleText(...lines), "rules/a.yaml");
}

/** "code line:column" of each repair. */
export function repairsOf({ repairs }: RuleFile): readonly string[] {
  return repairs.map(({ code, line, column }) => `${code} ${line}:${column}`);
}

/** "code line:column" of each problem. */
export function problemsOf({ problems }: RuleFile): readonly string[] {
  return problems.map(({ code, line, column }) => `${code} ${line}:${column}`);
}
