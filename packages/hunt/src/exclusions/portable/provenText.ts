import type { Backend, QueryAnswer, ResultTable } from "@goshawk/engine";
import type { TableCoverage } from "../../hunts/coverage.ts";
import { type RuleAnswer, runHunt, type Tuning } from "../../hunts/runHunt.ts";
import { sameAnswers } from "../../hunts/tuned.ts";
import type { Rule } from "../../rules/rule.ts";
import type { Exclusion } from "../exclusion.ts";
import type { EventTime } from "../narrowing.ts";
import { type TunedForm, tunedText } from "./tunedText.ts";
import type { Watchlisted } from "./watchlist.ts";

export interface ProofOptions {
  readonly backend: Backend;
  readonly form: TunedForm;
  readonly now: bigint | "latest";
  /** As `2026-11-24`. */
  readonly today: string;
  readonly eventTime: EventTime;
  readonly stored: ReadonlyMap<string, TableCoverage>;
  /** Ids of findings that no exclusion may hide. */
  readonly truePositives: ReadonlySet<string>;
  /** Exclusions that the text reads from watchlists. */
  readonly lists: readonly Watchlisted[];
  readonly signal?: AbortSignal;
}

/** A tuned rule's text that answers as the hunt does, with what shows it; or why there is none. */
export type Proven = ({ readonly text: string; readonly proof: string } | { readonly refused: string }) & {
  /** Ids of exclusions that are drafts or expired. */
  readonly left: readonly string[];
};

/** Makes a rule with its exclusions one text, and compares the text's answer with the hunt's, cell by cell. */
export async function provenText(rule: Rule, exclusions: readonly Exclusion[], options: ProofOptions): Promise<Proven> {
  const { backend, form, eventTime, lists } = options;
  const refuse = (refused: string, left: readonly string[] = []): Proven => ({ refused, left });
  const base = await ask(rule.query, options.now, options);
  if (typeof base === "string") return refuse(base);
  const tuned = await hunted(rule, exclusions, base, options);
  if (typeof tuned === "string") return refuse(tuned);
  const { tuning } = tuned;
  const left = tuning.idle.flatMap(({ exclusion, state }) => (state === "unreached" ? [] : [exclusion.id]));
  const obstacle = obstacleIn(tuning);
  if (obstacle !== undefined) return refuse(obstacle, left);
  const active = tuning.effects.map(({ exclusion }) => exclusion);
  const read = active.map((item) => lists.find(({ alias }) => alias === item.id)?.exclusion ?? item);
  const text = tunedText(rule, read, form, eventTime);
  if (text === undefined)
    return refuse("the rule's text does not name the table itself, so nothing can be put there; take --form let", left);
  const answer = await ask(text, base.now, { backend, ...signalOf(options) });
  if (typeof answer === "string") return refuse(answer, left);
  if (!sameAnswers(answer.table, tuned.table))
    return refuse(
      `its ${rowsOf(answer.table)} are not the ${rowsOf(tuned.table)} of the hunt: a rule whose answer differs from run to run, as with 'take', can't be proven`,
      left,
    );
  const empty =
    base.table.rows.length === 0 ? " An empty answer proves little: try it where the rule finds something." : "";
  return {
    text: text.endsWith("\n") ? text : `${text}\n`,
    proof: `the rule alone answers ${rowsOf(base.table)}; the hunt with ${active.map(({ id }) => id).join(", ")} hides ${tuning.suppressed.length} and leaves ${rowsOf(tuned.table)}; this text answers the same ${rowsOf(answer.table)}, cell by cell. Microsoft's binder accepts it.${empty}`,
    left,
  };
}

/** What the hunt itself makes of the rule with these exclusions, at the same `now()`; or why it can't tell. */
async function hunted(
  rule: Rule,
  exclusions: readonly Exclusion[],
  base: QueryAnswer,
  options: ProofOptions,
): Promise<(RuleAnswer & { readonly tuning: Tuning }) | string> {
  const { backend, eventTime, stored, today, truePositives } = options;
  const [outcome] = await runHunt([rule], backend, {
    now: base.now,
    stored,
    exclusions,
    today,
    eventTime,
    truePositives,
    ...signalOf(options),
  });
  if (outcome === undefined || outcome.kind === "failed") return outcome?.message ?? "it was not run";
  if (outcome.kind === "refused") return outcome.diagnostics.map(({ message }) => message).join(" ");
  const { tuning } = outcome;
  return tuning === undefined ? NONE_TUNES : { ...outcome, tuning };
}

const NONE_TUNES = "no active exclusion tunes this rule";

/** Why a text would not do what the hunt does. */
function obstacleIn({ broken, effects, idle }: Tuning): string | undefined {
  if (broken.length > 0)
    return broken.map(({ exclusion, reasons }) => `${exclusion.id}: ${reasons.join(" ")}`).join(" ");
  const [unreached] = idle.filter(({ state }) => state === "unreached");
  if (unreached !== undefined) {
    const { id, table } = unreached.exclusion;
    return `${id} can't reach ${table}, which the rule reads by a wildcard or a function; name the table in the rule`;
  }
  return effects.length === 0 ? NONE_TUNES : undefined;
}

async function ask(
  text: string,
  now: bigint | "latest",
  { backend, signal }: Pick<ProofOptions, "backend" | "signal">,
): Promise<QueryAnswer | string> {
  const outcome = await backend.query({ text, now }, signal);
  return outcome.ok ? outcome : outcome.diagnostics.map(({ message }) => message).join(" ");
}

function signalOf({ signal }: { readonly signal?: AbortSignal }): { readonly signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}

function rowsOf({ rows }: ResultTable): string {
  return `${rows.length} ${rows.length === 1 ? "row" : "rows"}`;
}
