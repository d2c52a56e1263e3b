import { createHash } from "node:crypto";
import { formatDatetime } from "@goshawk/kql";
import type { Evidence } from "../exclusions/exclusion.ts";
import type { RuleAnswer } from "../hunts/runHunt.ts";
import { queryDigestOf } from "./queryDigest.ts";

/** What a hunt's own entry says of a rule, for a run of a schedule, which has no such entry. */
export interface ScheduledRun {
  readonly tactics: readonly string[];
  /** The earliest event that its filters let through; Kusto's datetime text. */
  readonly earliest?: string;
  /** Its KQL; absent where an earlier entry of this journal has recorded the same. */
  readonly query?: string;
  /** Tells which text it was. */
  readonly queryDigest?: string;
  /** The exclusions that were meant for it; absent where there are none. */
  readonly exclusions?: readonly ScheduledExclusion[];
}

export interface ScheduledExclusion {
  readonly id: string;
  /** The digest of what it says: changed, it is another one. */
  readonly content: string;
  /** Findings that it hides when it is applied alone, and those it takes events from. */
  readonly hides: number;
  readonly weakens: number;
  /** Why it was not applied, and with it no other one. */
  readonly broken?: string;
}

/** What a scheduled run leaves of its rule and exclusions; `knownQuery` is the text that the journal holds already. */
export function scheduledRunOf({ rule, earliest, tuning }: RuleAnswer, knownQuery: string | undefined): ScheduledRun {
  const exclusions = [
    ...(tuning?.effects ?? []).map(({ exclusion, hides, weakens }) => ({
      id: exclusion.id,
      content: contentOf({ ...exclusion, evidence: evidenceText(exclusion.evidence) }),
      hides,
      weakens,
    })),
    ...(tuning?.broken ?? []).map(({ exclusion, reasons }) => ({
      id: exclusion.id,
      content: contentOf({ ...exclusion, evidence: evidenceText(exclusion.evidence) }),
      hides: 0,
      weakens: 0,
      broken: reasons.join(" "),
    })),
  ];
  return {
    tactics: rule.tactics,
    ...(earliest === undefined ? {} : { earliest: formatDatetime(earliest) }),
    queryDigest: queryDigestOf(rule.query),
    ...(knownQuery === rule.query ? {} : { query: rule.query }),
    ...(exclusions.length === 0 ? {} : { exclusions }),
  };
}

/** What is equal for exclusions that hide the same. */
export function contentOf(said: {
  readonly table: string;
  readonly meaning?: string | undefined;
  readonly when: string;
  readonly evidence?: string | undefined;
}): string {
  const { table, meaning = "", when, evidence = "" } = said;
  return createHash("sha256")
    .update(JSON.stringify([table, meaning, when, evidence]))
    .digest("hex")
    .slice(0, 12);
}

/** Evidence in one line. */
export function evidenceText(evidence: Evidence | undefined): string | undefined {
  return evidence === undefined
    ? undefined
    : `${evidence.table} on ${evidence.on.join(", ")}, ${evidence.lookback} back`;
}
