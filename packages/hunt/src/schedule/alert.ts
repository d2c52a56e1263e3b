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
 * What a scheduled run adds to the journal: that it ran, and the findings to tell of, which no alert has told of before.
 * A rule that keeps still, or does not trigger, tells of none.
 */
export function alertEntryOf(
  answer: RuleAnswer,
  past: RulePast,
  slot: bigint,
  { at, by }: { readonly at: string; readonly by: string },
): AlertEntry {
  const { id, name } = answer.rule;
  const fresh = [...new Set(answer.findings.map((finding) => finding.id))].filter((finding) => !past.told.has(finding));
  const loud = slot >= past.quietUntil && triggers(answer.rule, answer.table.rows.length);
  const findings = loud ? fresh : [];
  const { suppressionDuration } = answer.rule;
  const quiet = findings.length > 0 && suppressionOf(answer.rule) > 0n ? suppressionDuration : undefined;
  return {
    kind: "alert",
    at,
    by,
    rule: { id, name },
    slot: slot.toString(),
    findings,
    ...(quiet === undefined ? {} : { quiet }),
  };
}
