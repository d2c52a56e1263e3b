import { nameReferences } from "@goshawk/kql";
import type { Exclusion } from "../exclusion.ts";
import type { EventTime } from "../narrowing.ts";

/**
 * A rule's text with what exclusions hide taken from each place that names their table; all else is as it was.
 * Undefined where the text does not name the table itself, as in `union Device*`.
 */
export function inlined(query: string, exclusions: readonly Exclusion[], eventTime: EventTime): string | undefined {
  const edits: { readonly start: number; readonly end: number; readonly text: string }[] = [];
  for (const table of new Set(exclusions.map((exclusion) => exclusion.table))) {
    const places = nameReferences(query, table);
    if (places.length === 0) return undefined;
    const steps = exclusions
      .filter((exclusion) => exclusion.table === table)
      .map((item) => inlineStep(item, eventTime));
    for (const { start, end } of places) edits.push({ start, end, text: `(${table}\n${steps.join("\n")})` });
  }
  return edits
    .toSorted((a, b) => b.start - a.start)
    .reduce((text, { start, end, text: put }) => text.slice(0, start) + put + text.slice(end), query);
}

function inlineStep({ id, meaning, when, evidence }: Exclusion, eventTime: EventTime): string {
  const drops = meaning === "drop";
  const said = `  // exclusion ${id}: ${drops ? "drop when" : "keep only when"}`;
  // A null condition drops nothing, so not() alone would be wrong.
  if (evidence === undefined)
    return drops ? `${said}\n  | where not(coalesce((\n${when}\n), false))` : `${said}\n  | where (\n${when}\n)`;
  const { table, on, lookback } = evidence;
  const known = on.map((key) => `isnotempty(${key})`).join(" and ");
  const rows = `${table}\n    | where ${eventTime(table)} > ago(${lookback})\n    | where (\n${when}\n)\n    | where ${known}\n    | distinct ${on.join(", ")}`;
  return `${said}\n  | join kind=${drops ? "leftanti" : "leftsemi"} (\n    ${rows}\n  ) on ${on.join(", ")}`;
}
