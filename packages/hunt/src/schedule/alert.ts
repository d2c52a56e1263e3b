import type { AlertEntry, JournalEntry } from "../findings/record.ts";
import type { RuleAnswer } from "../hunts/runHunt.ts";
import { durationTicks } from "./duration.ts";
import { suppressionOf, triggers } from "./trigger.ts";

/** What a schedule must know of a rule's past. */
export interface RulePast {
  /** `now()` of its last run, in ticks. */
  readonly last: bigint | undefined;
  /** It keeps still until then, in ticks. */
  readonly quietUntil: bigint;
  /** Ids of findings that an alert has told of. */
  readonly told: ReadonlySet<string>;
}

export const noPast: RulePast = { last: undefined, quietUntil: 0n, told: new Set() };

/** The pasts of all scheduled rules: nothing else is remembered, so that a journal is all that must survive. */
export function pastsIn(entries: readonly JournalEntry[]): ReadonlyMap<string, RulePast> {
  const pasts = new Map<string, RulePast>();
  for (const entry of entries) {
    if (entry.kind !== "alert") continue;
    pasts.set(entry.rule.id, afterAlert(pasts.get(entry.rule.id) ?? noPast, entry));
  }
  return pasts;
}

/** The past with one more run in it. */
export function afterAlert(past: RulePast, { slot: text, quiet, findings }: AlertEntry): RulePast {
  const slot = BigInt(text);
  return {
    last: past.last === undefined || slot > past.last ? slot : past.last,
    quietUntil: quiet === undefined ? past.quietUntil : slot + (durationTicks(quiet) ?? 0n),
    told: findings.length === 0 ? past.told : new Set([...past.told, ...findings]),
  };
}

/**
 * Whether a scheduled run has seen enough to count as one. A rule that could not look has not, so that rows which come
 * late are still searched; only where it watches for silence is a table without recent rows an answer.
 */
export function isAnswered({ rule, coverage }: RuleAnswer): boolean {
  return coverage.verdict !== "can't" || (coverage.missing.length === 0 && triggers(rule, 0));
}

/**
 * What a scheduled run adds to the journal: that it ran, whether it alerts, and the findings to tell of, which no alert
 * has told of before. A rule that finds the same again is not told of again, unless it would alert of nothing found, too:
 * then the number of rows is what it tells of. A rule that keeps still, or does not trigger, tells of none.
 */
export function alertEntryOf(
  { rule, table, findings: all }: RuleAnswer,
  past: RulePast,
  slot: bigint,
  { at, by }: { readonly at: string; readonly by: string },
): AlertEntry {
  const { id, name, suppressionDuration } = rule;
  const rows = table.rows.length;
  const fresh = [...new Set(all.map((finding) => finding.id))].filter((finding) => !past.told.has(finding));
  const loud = slot >= past.quietUntil && triggers(rule, rows);
  const triggered = loud && (fresh.length > 0 || triggers(rule, 0));
  const quiet = triggered && suppressionOf(rule) > 0n ? suppressionDuration : undefined;
  return {
    kind: "alert",
    at,
    by,
    rule: { id, name },
    slot: slot.toString(),
    findings: triggered ? fresh : [],
    triggered,
    rows,
    ...(quiet === undefined ? {} : { quiet }),
  };
}
