import type { ReportedFinding } from "./report.ts";

/** How a finding is drawn: by verdict, then by what became of it. */
export type Kind = "true-positive" | "open" | "benign" | "hidden" | "gone";

export function kindOf(finding: ReportedFinding): Kind {
  if (finding.verdict === "true-positive") return "true-positive";
  if (finding.verdict === "benign") return "benign";
  if (finding.latest.suppressedBy.length > 0) return "hidden";
  return finding.presence === "gone" ? "gone" : "open";
}

/** How much a finding matters to a reader: true positives most, then what is new, then what is not decided. */
export function weightOf(finding: ReportedFinding): number {
  const { presence } = finding;
  switch (kindOf(finding)) {
    case "true-positive":
      return 5;
    case "open":
      return presence === "new" || presence === "returning" ? 4 : 3;
    case "hidden":
      return 2;
    case "gone":
      return 1;
    case "benign":
      return 0;
  }
}

/** Findings by the entity that they are about, those that matter most first. */
export function byEntity(
  findings: readonly ReportedFinding[],
): readonly { readonly entity: string; readonly own: readonly ReportedFinding[] }[] {
  const groups = new Map<string, ReportedFinding[]>();
  for (const finding of findings) {
    const known = groups.get(finding.entity);
    if (known === undefined) groups.set(finding.entity, [finding]);
    else known.push(finding);
  }
  const rank = (own: readonly ReportedFinding[]): number => Math.max(...own.map(weightOf));
  return [...groups]
    .map(([entity, own]) => ({ entity, own }))
    .sort((a, b) => rank(b.own) - rank(a.own) || b.own.length - a.own.length || (a.entity < b.entity ? -1 : 1));
}
