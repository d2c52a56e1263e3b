import { attackCatalogue } from "../../attack/catalogue.ts";
import type { FindingFacts } from "./facts.ts";

/** A layer of the ATT&CK Navigator, format 4.5: the score of a technique is the number of its findings. */
export function navigatorLayer(findings: readonly FindingFacts[], name: string): object {
  const techniques = new Map<string, FindingFacts[]>();
  for (const finding of findings)
    for (const technique of new Set(finding.rule.techniques.filter(isTechnique)))
      techniques.set(technique, [...(techniques.get(technique) ?? []), finding]);
  const scores = [...techniques.values()].map((list) => list.length);
  return {
    name,
    versions: { attack: attackCatalogue().version.split(".")[0] ?? "", layer: "4.5" },
    domain: "enterprise-attack",
    description: "The score of a technique is the number of findings of the rules that look for it.",
    sorting: 3,
    techniques: [...techniques]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([techniqueID, list]) => ({
        techniqueID,
        score: list.length,
        comment: commentOf(list),
        enabled: true,
        metadata: [{ name: "true positives", value: String(list.filter(isTruePositive).length) }],
        showSubtechniques: techniqueID.includes("."),
      })),
    gradient: { colors: ["#ffffff", "#d0453c"], minValue: 0, maxValue: Math.max(1, ...scores) },
  };
}

function isTechnique(id: string): boolean {
  return /^T\d{4}(\.\d{3})?$/.test(id);
}

function isTruePositive({ verdict }: FindingFacts): boolean {
  return verdict === "true-positive";
}

function commentOf(findings: readonly FindingFacts[]): string {
  return [...new Set(findings.map(({ rule }) => rule.name))].sort().join("\n");
}
