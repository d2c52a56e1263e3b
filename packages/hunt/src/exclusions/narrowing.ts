import type { Exclusion } from "./exclusion.ts";

/** The column of a table that says when its events happened. */
export type EventTime = (table: string) => string;

/** KQL that stands before a rule's text and takes from its tables what the exclusions hide; the text stays as it is. */
export function narrowing(exclusions: readonly Exclusion[], eventTime: EventTime): string {
  const tables = [...new Set(exclusions.map((exclusion) => exclusion.table))];
  const lets = tables.map((table) => {
    const steps = exclusions.flatMap((exclusion, index) =>
      exclusion.table === table ? [hidingStep(exclusion, index)] : [],
    );
    return `let ${table} = ${table}\n${steps.join("\n")};\n`;
  });
  return evidenceLets(exclusions, (table) => table, eventTime) + lets.join("");
}

/** The rows that each exclusion needs as evidence, taken from the tables before any is narrowed. */
export function evidenceLets(
  exclusions: readonly Exclusion[],
  source: (table: string) => string,
  eventTime: EventTime,
): string {
  return exclusions
    .map(({ evidence, when }, index) => {
      if (evidence === undefined) return "";
      const keys = evidence.on.join(", ");
      // An empty key ties everything that lacks it to everything that lacks it.
      const known = evidence.on.map((key) => `isnotempty(${key})`).join(" and ");
      const recent = `${eventTime(evidence.table)} > ago(${evidence.lookback})`;
      return `let ${evidenceName(index)} = ${source(evidence.table)}\n| where ${recent}\n| where (\n${when}\n)\n| where ${known}\n| distinct ${keys};\n`;
    })
    .join("");
}

/** The operator that takes the rows away which an exclusion hides; a condition that is null hides nothing as `drop`. */
export function hidingStep({ id, meaning, when, evidence }: Exclusion, index: number): string {
  const drops = meaning === "drop";
  const said = `// exclusion ${id}: ${drops ? "drop when" : "keep only when"}`;
  if (evidence !== undefined)
    return `${said}\n| join kind=${drops ? "leftanti" : "leftsemi"} ${evidenceName(index)} on ${evidence.on.join(", ")}`;
  return drops ? `${said}\n| where iff((\n${when}\n), false, true)` : `${said}\n| where (\n${when}\n)`;
}

function evidenceName(index: number): string {
  return `Evidence${index + 1}`;
}
