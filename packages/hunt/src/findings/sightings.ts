import { formatDatetime } from "@goshawk/kql";
import type { Finding } from "../hunts/finding.ts";
import type { RuleAnswer } from "../hunts/runHunt.ts";
import type { RunEntry, Sighting } from "./record.ts";

const LONGEST_VALUE = 1000;
/** A rule that answers with more than this finds everything and nothing. */
const MOST = 10_000;

/** What a rule's answer adds to the journal; rows of the same identity are one sighting. */
export function runEntryOf(
  answer: RuleAnswer,
  { at, by, hunt, scheduled }: Pick<RunEntry, "at" | "by" | "hunt" | "scheduled">,
): RunEntry {
  const { id, name, techniques } = answer.rule;
  const seen = new Map<string, Sighting>();
  for (const finding of answer.findings) add(seen, finding, []);
  for (const { finding, by: exclusions } of answer.tuning?.suppressed ?? []) add(seen, finding, exclusions);
  return {
    kind: "run",
    at,
    by,
    ...(hunt === undefined ? {} : { hunt }),
    rule: { id, name, techniques },
    now: formatDatetime(answer.now),
    looked: answer.coverage.verdict,
    seen: [...seen.values()],
    ...(answer.table.truncated || seen.size >= MOST ? { more: true } : {}),
    ...(scheduled === undefined ? {} : { scheduled }),
  };
}

function add(seen: Map<string, Sighting>, finding: Finding, suppressedBy: readonly string[]): void {
  const known = seen.get(finding.id);
  if (known === undefined && seen.size >= MOST) return;
  const { id, entity, entities, firstSeen: first, lastSeen: last, count } = finding;
  if (known === undefined) {
    const evidence = finding.evidence.map(([column, value]) => [column, value.slice(0, LONGEST_VALUE)] as const);
    seen.set(id, { id, entity, first, last, rows: 1, count, evidence, suppressedBy, entities });
    return;
  }
  const times = [known.first, known.last, first, last].flatMap((time) => time ?? []).sort();
  seen.set(id, { ...known, rows: known.rows + 1, first: times[0] ?? null, last: times.at(-1) ?? null });
}
