import type { JournalEntry } from "../../findings/record.ts";
import { contentOf, evidenceText } from "../../findings/scheduledRun.ts";
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
  /** Hunts and scheduled runs in which it was applied. */
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

/** An exclusion's application to a rule, in a hunt or a scheduled run. */
interface Applied {
  readonly at: string;
  readonly rule: string;
  readonly hides: number;
  readonly weakens: number;
  readonly broken?: string;
}

/** Looks at exclusions as they stand, and at what the journal's hunts say of them. */
export function reviewExclusions(
  exclusions: readonly Exclusion[],
  entries: readonly JournalEntry[],
  options: ReviewOptions,
): readonly ExclusionReview[] {
  return exclusions.map((exclusion) => reviewOne(exclusion, appliedIn(entries, exclusion), options));
}

/** An exclusion that says something else since is another one. */
function appliedIn(entries: readonly JournalEntry[], exclusion: Exclusion): readonly Applied[] {
  const content = contentOf({ ...exclusion, evidence: evidenceText(exclusion.evidence) });
  const same = (item: { readonly id: string }, itsContent: string): boolean =>
    item.id === exclusion.id && itsContent === content;
  return entries.flatMap((entry): readonly Applied[] => {
    const { at } = entry;
    if (entry.kind === "hunt")
      return entry.exclusions
        .filter((item) => same(item, contentOf(item)) && item.state === "active")
        .flatMap((item) => item.effects.map((effect) => ({ at, ...effect })));
    if (entry.kind !== "run") return [];
    const rule = entry.rule.id;
    return (entry.scheduled?.exclusions ?? [])
      .filter((item) => same(item, item.content))
      .map((item) => ({ at, rule, ...item }));
  });
}

const SOON_DAYS = 14;

function reviewOne(exclusion: Exclusion, applied: readonly Applied[], options: ReviewOptions): ExclusionReview {
  const latest = applied.filter(({ at }) => at === applied.at(-1)?.at);
  const refusal = latest.find(({ broken }) => broken !== undefined)?.broken;
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
    if (refusal !== undefined) say("broken", `The last hunt refused it: ${refusal}`);
    const idle = idleness(exclusion, applied, lastHid, options);
    if (idle !== undefined) notes.push(idle);
    const [drift] = rulesIn(applied).flatMap((some) => driftOf(some, options) ?? []);
    if (drift !== undefined) say("drifting", drift);
  }
  const runs = new Set(applied.map(({ at }) => at)).size;
  return { exclusion, notes, runs, hides: latest.reduce((sum, { hides }) => sum + hides, 0), lastHid };
}

/** The applications to each rule by themselves: scheduled rules do not all run together. */
function rulesIn(applied: readonly Applied[]): readonly (readonly Applied[])[] {
  const byRule = new Map<string, Applied[]>();
  for (const item of applied) {
    const some = byRule.get(item.rule);
    if (some === undefined) byRule.set(item.rule, [item]);
    else some.push(item);
  }
  return [...byRule.values()];
}

function idleness(
  { created }: Exclusion,
  applied: readonly Applied[],
  lastHid: string | undefined,
  { today, staleDays }: ReviewOptions,
): ReviewNote | undefined {
  const since = daysFrom(lastHid ?? created, today);
  if (since < staleDays) return undefined;
  const recent = new Set(applied.map(({ at }) => at).filter((at) => daysFrom(at, today) < staleDays)).size;
  if (recent === 0)
    return {
      kind: "untried",
      message: `No hunt of the last ${days(staleDays)} has applied it, so nothing shows whether it is needed.`,
    };
  const past = lastHid === undefined ? "has never hidden anything" : `has hidden nothing since ${lastHid.slice(0, 10)}`;
  return {
    kind: "stale",
    message: `It ${past}, over ${recent} recent ${recent === 1 ? "hunt" : "hunts"}: remove it unless somebody can say why not.`,
  };
}

const FEW = 3;

/** Whether the last hunt shows it hiding far more than the median of those before. */
function driftOf(applied: readonly Applied[], { drift }: ReviewOptions): string | undefined {
  const whole = applied.filter(({ broken }) => broken === undefined);
  const latest = whole.at(-1);
  const before = whole
    .slice(0, -1)
    .map(({ hides }) => hides)
    .sort((a, b) => a - b);
  const usual = before[Math.floor((before.length - 1) / 2)];
  if (latest === undefined || usual === undefined || latest.hides < usual + FEW || latest.hides <= usual * drift)
    return undefined;
  return `It hid ${latest.hides} findings of rule ${latest.rule} in the run of ${latest.at.slice(0, 10)} and ${usual} in the median of ${before.length} before: look at what it hides now.`;
}

function daysFrom(from: string, to: string): number {
  return Math.round((Date.parse(to.slice(0, 10)) - Date.parse(from.slice(0, 10))) / 86_400_000);
}

function days(count: number): string {
  return `${count} ${count === 1 ? "day" : "days"}`;
}
