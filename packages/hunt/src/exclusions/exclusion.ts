import type { Position } from "@goshawk/kql";

/** `drop` hides the rows for which the condition is true, `keep` those for which it is not. */
export type Meaning = "drop" | "keep";

/** What rules should not report, who answers for it, why, until when, and the samples that prove it. */
export interface Exclusion {
  readonly id: string;
  readonly scenario: string;
  /** Ids of rules, or every rule that reads the table. */
  readonly rules: readonly string[] | "any";
  /** The table whose rows are hidden. */
  readonly table: string;
  /** Absent in a draft: nobody has said yet how the condition is meant. */
  readonly meaning?: Meaning;
  /** A KQL condition over a row of the table, or of the evidence table. */
  readonly when: string;
  readonly evidence?: Evidence;
  readonly owner: string;
  readonly reason: string;
  readonly ticket?: string;
  /** Dates as `2026-11-24`. */
  readonly created: string;
  /** The first day on which it is not applied any more. */
  readonly expires: string;
  readonly samples: {
    readonly hidden: readonly Sample[];
    readonly survive: readonly Sample[];
  };
  readonly path: string;
  readonly position: Position;
}

/** Another table in which the condition can be seen, and how its rows are tied to the hidden ones. */
export interface Evidence {
  readonly table: string;
  /** Columns that both tables have. */
  readonly on: readonly string[];
  /** How far before `now()` evidence counts: a Kusto timespan. */
  readonly lookback: string;
}

/** An event of the table, and rows of the evidence table beside it. */
export interface Sample {
  readonly event: SampleRow;
  readonly evidence: readonly SampleRow[];
}

/** Cells by column: whatever YAML can write. */
export type SampleRow = Readonly<Record<string, unknown>>;

export type ExclusionState = "active" | "draft" | "expired";

/** Whether an exclusion is applied on a day (`2026-11-24`). */
export function stateOf(exclusion: Exclusion, today: string): ExclusionState {
  if (exclusion.meaning === undefined) return "draft";
  return exclusion.expires <= today ? "expired" : "active";
}

/** Whether it tunes a rule that reads `tables`. */
export function tunes(exclusion: Exclusion, rule: { readonly id: string }, tables: readonly string[]): boolean {
  const named = exclusion.rules === "any" || exclusion.rules.includes(rule.id);
  return named && tables.includes(exclusion.table);
}
