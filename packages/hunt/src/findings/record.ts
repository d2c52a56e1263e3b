import type { Entity } from "../hunts/entities.ts";
import type { HuntEntry } from "./huntEntry.ts";
import type { ScheduledRun } from "./scheduledRun.ts";

/** What people say of a finding. */
export const statuses = ["new", "open", "closed"] as const;
export const verdicts = ["true-positive", "benign", "undecided"] as const;
export type Status = (typeof statuses)[number];
export type FindingVerdict = (typeof verdicts)[number];

/** One rule's findings of one hunt, as the journal keeps them. */
export interface RunEntry {
  readonly kind: "run";
  /** When the hunt ran, by this machine's clock: ISO 8601. */
  readonly at: string;
  readonly by: string;
  /** Id of the hunt that it belongs to. */
  readonly hunt?: string;
  readonly rule: { readonly id: string; readonly name: string; readonly techniques: readonly string[] };
  /** `now()` of the rule: Kusto's datetime text. */
  readonly now: string;
  /** How far it could look; what is not seen by a rule that can't look is not gone. */
  readonly looked: "runs" | "partly" | "can't";
  readonly seen: readonly Sighting[];
  /** There were more than `seen` holds: what is not in it is not gone. */
  readonly more?: true;
  /** For a run of a schedule. */
  readonly scheduled?: ScheduledRun;
}

/** A finding as one run saw it. */
export interface Sighting {
  readonly id: string;
  readonly entity: string;
  /** Kusto's datetime text; null where its rows have no time. */
  readonly first: string | null;
  readonly last: string | null;
  /** Rows of the answer that are this finding. */
  readonly rows: number;
  /** As the rule counted. */
  readonly count: string | null;
  readonly evidence: readonly (readonly [column: string, value: string])[];
  /** The exclusions that hide it; empty for one that is reported. */
  readonly suppressedBy: readonly string[];
  /** What it names; absent in journals from before this was kept. */
  readonly entities?: readonly Entity[];
}

/** What somebody said of findings. */
export interface DecisionEntry {
  readonly kind: "decision";
  readonly at: string;
  readonly by: string;
  readonly ids: readonly string[];
  readonly status?: Status;
  readonly verdict?: FindingVerdict;
  readonly comment?: string;
  readonly assignee?: string;
  /** Tags to add, and to take away. */
  readonly tags?: readonly string[];
  readonly untags?: readonly string[];
}

/** A scheduled run, and the findings that it told of: that a moment is here means that it needs no second run. */
export interface AlertEntry {
  readonly kind: "alert";
  readonly at: string;
  readonly by: string;
  readonly rule: { readonly id: string; readonly name: string };
  /** `now()` of the run, in ticks. */
  readonly slot: string;
  /** Ids of the findings that it told of; empty for a run without an alert, or with one about too few rows. */
  readonly findings: readonly string[];
  /** Whether it was an alert, and of how many rows; absent in journals of earlier versions, where findings tell. */
  readonly triggered?: boolean;
  readonly rows?: number;
  /** How long the rule then keeps still, as it says itself. */
  readonly quiet?: string;
}

export type JournalEntry = RunEntry | DecisionEntry | HuntEntry | AlertEntry;

/** Against the run before: `returning` was absent in between, `gone` is absent from the latest run that looked. */
export type Presence = "new" | "still" | "returning" | "gone";

/** A finding with all that is known of it. */
export interface FindingRecord {
  readonly id: string;
  readonly rule: RunEntry["rule"];
  readonly entity: string;
  readonly presence: Presence;
  /** Of all its events, over all runs. */
  readonly firstSeen: string | null;
  readonly lastSeen: string | null;
  /** Runs that saw it. */
  readonly runs: number;
  readonly latest: Sighting;
  readonly status: Status;
  readonly verdict: FindingVerdict;
  readonly assignee: string;
  readonly tags: readonly string[];
  readonly comments: readonly { readonly at: string; readonly by: string; readonly text: string }[];
}
