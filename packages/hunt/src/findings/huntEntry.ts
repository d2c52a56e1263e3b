import type { ExclusionState, Meaning } from "../exclusions/exclusion.ts";

/** One hunt as a whole: what was asked, of what, and what exclusions did; its findings are in the entries of its runs. */
export interface HuntEntry {
  readonly kind: "hunt";
  readonly id: string;
  /** When it began, by this machine's clock: ISO 8601. */
  readonly at: string;
  readonly by: string;
  readonly title: string;
  readonly hypotheses: readonly string[];
  readonly rules: readonly HuntedRule[];
  /** The tables that any rule reads and that hold rows here. */
  readonly tables: readonly HuntedTable[];
  readonly exclusions: readonly HuntedExclusion[];
}

export interface HuntedRule {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly tactics: readonly string[];
  readonly techniques: readonly string[];
  readonly outcome: "findings" | "clean" | "could-not-look" | "refused" | "failed";
  readonly findings: number;
  readonly suppressed: number;
  /** Tables that it searched, those that hold no rows, and those whose rows are older than it looks back. */
  readonly searched: readonly string[];
  readonly missing: readonly string[];
  readonly tooOld: readonly string[];
  /** `now()` of the rule, and the earliest event that its filters let through; Kusto's datetime texts. */
  readonly now?: string;
  readonly earliest?: string;
  /** Why it did not run. */
  readonly reason?: string;
  readonly milliseconds: number;
  /** Its KQL; absent where an earlier hunt of this journal has recorded the same. */
  readonly query?: string;
  /** Tells which text it was; absent in journals of earlier versions. */
  readonly queryDigest?: string;
}

export interface HuntedTable {
  readonly name: string;
  readonly rows: number;
  /** Kusto's datetime text; null where its rows have no time. */
  readonly first: string | null;
  readonly last: string | null;
}

/** An exclusion as it was on that day, and what it did. */
export interface HuntedExclusion {
  readonly id: string;
  readonly scenario: string;
  readonly state: ExclusionState;
  readonly meaning?: Meaning;
  readonly table: string;
  readonly when: string;
  readonly evidence?: string;
  readonly owner: string;
  readonly reason: string;
  readonly ticket?: string;
  readonly created: string;
  readonly expires: string;
  readonly path: string;
  /** A row for each rule that it tunes. */
  readonly effects: readonly ExclusionEffect[];
  /** Rules that it should tune, and was not applied to; absent in journals of earlier versions, and where there is none. */
  readonly unapplied?: readonly UnappliedExclusion[];
}

/** "unreached": the rule reads the table without naming it; "beside-broken": another exclusion could not be applied. */
export interface UnappliedExclusion {
  readonly rule: string;
  readonly why: "unreached" | "beside-broken";
}

export interface ExclusionEffect {
  readonly rule: string;
  /** Findings of the rule without any exclusion. */
  readonly of: number;
  /** Findings that it hides when it is applied alone, those that no other one would hide, and those it takes events from. */
  readonly hides: number;
  readonly hidesAlone: number;
  readonly weakens: number;
  /** Why it was not applied, and with it no other one. */
  readonly broken?: string;
}
