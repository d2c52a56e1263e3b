import type { HuntEntry } from "../../findings/huntEntry.ts";
import type { JournalEntry } from "../../findings/record.ts";
import { type Exclusion, stateOf } from "../exclusion.ts";

/** What may be wrong with an exclusion, as its calendar and the hunts of the past show it. */
export type ReviewKind = "expired" | "broken" | "drifting" | "stale" | "untried" | "expiring" | "draft";

export interface ReviewNote {
  readonly kind: ReviewKind;
  readonly message: string;
}

/** An exclusion with what it did so far. */
export interface ExclusionReview {
  readonly exclusion: Exclusion;
  readonly notes: readonly ReviewNote[];
  /** Hunts in which it was applied. */
  readonly runs: number;
  /** Findings that it hid in the last of them. */
  readonly hides: number;
  /** When a hunt saw it hide anything last: ISO 8601. */
  readonly lastHid: string | undefined;
}

export interface ReviewOptions {
  /** As `2026-11-24`. */
  readonly today: string;
  /** Days without effect after which an exclusion is stale. */
  readonly staleDays: number;
  /** How many times as much as usual is far more. */
  readonly drift: number;
}

/** One hunt's application of an exclusion. */
interface Applied {
  readonly at: string;
  readonly hides: number;
  readonly weakens: number;
  readonly broken: readonly string[];
}

/** Looks at exclusions as they stand, and at what the journal's hunts say of them. */
export function reviewExclusions(
  exclusions: readonly Exclusion[],
  entries: readonly JournalEntry[],
  options: ReviewOptions,
): readonly ExclusionReview[] {
  const hunts = entries.filter((entry) => entry.kind === "hunt");
  return exclusions.map((exclusion) => reviewOne(exclusion, appliedIn(hunts, exclusion), options));
}

/** An exclusion whose condition or meaning was changed since is another one. */
function appliedIn(hunts: readonly HuntEntry[], exclusion: Exclusion): readonly Applied[] {
  return hunts.flatMap(({ at, exclusions }) => {
    const same = exclusions.find(
      ({ id, when, meaning, table }) =>
        id === exclusion.id && when === exclusion.when && meaning === exclusion.meaning && table === exclusion.table,
    );
    if (same === undefined || same.state !== "active" || same.effects.length === 0) return [];
    const sum = (pick: "hides" | "weakens"): number => same.effects.reduce((total, effect) => total + effect[pick], 0);
    const broken = same.effects.flatMap((effect) => effect.broken ?? []);
    return [{ at, hides: sum("hides"), weakens: sum("weakens"), broken }];
  });
}

const SOON_DAYS = 14;

function reviewOne(exclusion: Exclusion, applied: readonly Applied[], options: ReviewOptions): ExclusionReview {
  const latest = applied.at(-1);
  const lastHid = applied.findLast(({ hides, weakens }) => hides + weakens > 0)?.at;
  const state = stateOf(exclusion, options.today);
  const notes: ReviewNote[] = [];
  const say = (kind: ReviewKind, message: string): void => void notes.push({ kind, message });
  if (state === "draft") say("draft", "Nobody has said 'drop' or 'keep'; it is not applied.");
  if (state === "expired")
    say(
      "expired",
      `It expired on ${exclusion.expires} and is not applied: renew it with a later 'expires', or remove it.`,
    );
  if (state === "active") {
    const left = daysFrom(options.today, exclusion.expires);
    if (left <= SOON_DAYS) say("expiring", `It expires on ${exclusion.expires}, in ${days(left)}.`);
    if (latest !== undefined && latest.broken.length > 0)
      say("broken", `The last hunt refused it: ${latest.broken[0]}`);
    const idle = idleness(exclusion, applied, lastHid, options);
    if (idle !== undefined) notes.push(idle);
    const drift = driftOf(applied, options);
    if (drift !== undefined) say("drifting", drift);
  }
  return { exclusion, notes, runs: applied.length, hides: latest?.hides ?? 0, lastHid };
}

function idleness(
  { created }: Exclusion,
  applied: readonly Applied[],
  lastHid: string | undefined,
  { today, staleDays }: ReviewOptions,
): ReviewNote | undefined {
  const since = daysFrom(lastHid ?? created, today);
  if (since < staleDays) return undefined;
  const recent = applied.filter(({ at }) => daysFrom(at, today) < staleDays);
  if (recent.length === 0)
    return {
      kind: "untried",
      message: `No hunt of the last ${days(staleDays)} has applied it, so nothing shows whether it is needed.`,
    };
  const past = lastHid === undefined ? "has never hidden anything" : `has hidden nothing since ${lastHid.slice(0, 10)}`;
  return {
    kind: "stale",
    message: `It ${past}, over ${recent.length} recent ${recent.length === 1 ? "hunt" : "hunts"}: remove it unless somebody can say why not.`,
  };
}

const FEW = 3;

/** Whether the last hunt shows it hiding far more than the median of those before. */
function driftOf(applied: readonly Applied[], { drift }: ReviewOptions): string | undefined {
  const whole = applied.filter(({ broken }) => broken.length === 0);
  const latest = whole.at(-1);
  const before = whole
    .slice(0, -1)
    .map(({ hides }) => hides)
    .sort((a, b) => a - b);
  const usual = before[Math.floor((before.length - 1) / 2)];
  if (latest === undefined || usual === undefined || latest.hides < usual + FEW || latest.hides <= usual * drift)
    return undefined;
  return `It hid ${latest.hides} findings in the hunt of ${latest.at.slice(0, 10)} and ${usual} in the median of ${before.length} before: look at what it hides now.`;
}

function daysFrom(from: string, to: string): number {
  return Math.round((Date.parse(to.slice(0, 10)) - Date.parse(from.slice(0, 10))) / 86_400_000);
}

function days(count: number): string {
  return `${count} ${count === 1 ? "day" : "days"}`;
}
