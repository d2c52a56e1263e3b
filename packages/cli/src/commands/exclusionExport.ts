import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Backend, QueryAnswer, ResultTable } from "@goshawk/engine";
import {
  type Exclusion,
  loadExclusions,
  loadRulePaths,
  type Rule,
  type RuleAnswer,
  runHunt,
  sameAnswers,
  type TableCoverage,
  type TunedForm,
  type Tuning,
  tunedForms,
  tunedText,
  type Watchlisted,
  watchlistCsv,
  watchlisted,
} from "@goshawk/hunt";
import { watchlistTable } from "@goshawk/kql";
import { openStore } from "@goshawk/store";
import { backendOver, closingWith, eventTimeIn } from "../backend.ts";
import { type ExitCode, exitCodes, UsageError } from "../exit.ts";
import { oneOf } from "../findings/filter.ts";
import { exclusionProblemNotes } from "../hunt/exclusions.ts";
import { fileNotes } from "../hunt/problems.ts";
import { truePositivesIn } from "../hunt/record.ts";
import { nowOption } from "../now.ts";
import { forTerminal } from "../output/escape.ts";
import { loadOutside, type Outside, type OutsideOptions } from "../outside.ts";
import type { Terminal } from "../terminal.ts";

export interface ExclusionExportOptions extends OutsideOptions {
  readonly store: string;
  readonly now?: string;
  readonly form: string;
  readonly out?: string;
  /** A folder for watchlists, from which exclusions that are lists of values then read. */
  readonly asWatchlists?: string;
}

/** `goshawk exclusion export <exclusions> <rule>`: the tuned rule as KQL, after a proof that it answers as the hunt does. */
export async function exclusionExportCommand(
  path: string,
  rulePath: string,
  options: ExclusionExportOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const form = oneOf("--form", options.form, tunedForms) ?? "let";
  const { exclusions, problems } = await loadExclusions([path], terminal.signal);
  for (const line of exclusionProblemNotes(problems)) terminal.note(line);
  const rule = await onlyRule(rulePath, terminal);
  if (problems.length > 0 || rule === undefined) return exitCodes.ruleError;
  const store = await openStore(options.store);
  const outside = await loadOutside(options, store.folder, terminal);
  const lists = options.asWatchlists === undefined ? [] : exclusions.flatMap((item) => watchlisted(item) ?? []);
  const supplied = [...(outside.supplied ?? []), ...lists.map(suppliedList)];
  const { snapshot, release } = await store.read();
  const backend = closingWith(backendOver(store.folder, snapshot.tables, { ...outside, supplied }), release);
  try {
    const exported = await proven(rule, exclusions, lists, {
      backend,
      form,
      now: nowOption(options.now),
      eventTime: eventTimeIn(snapshot),
      stored: new Map(snapshot.tables.map((table) => [table.name, table])),
      truePositives: await truePositivesIn(store.folder),
      terminal,
    });
    if (exported === undefined) return exitCodes.ruleError;
    await writeLists(lists, options.asWatchlists, terminal);
    if (options.out === undefined) terminal.out(exported);
    else await writeFile(options.out, exported);
    if (options.out !== undefined) terminal.note(`${options.out}: written.`);
    return exitCodes.ok;
  } finally {
    await backend.close();
  }
}

async function onlyRule(path: string, terminal: Terminal): Promise<Rule | undefined> {
  const files = await loadRulePaths([path], { from: process.cwd(), signal: terminal.signal });
  for (const line of fileNotes(files, terminal.style.color)) terminal.note(line);
  const [rule, ...more] = files.flatMap((file) => file.rules);
  if (more.length > 0) throw new UsageError(`${path} holds ${more.length + 1} rules; name a file with one`);
  return rule;
}

interface Proving {
  readonly backend: Backend;
  readonly form: TunedForm;
  readonly now: bigint | "latest";
  readonly eventTime: (table: string) => string;
  readonly stored: ReadonlyMap<string, TableCoverage>;
  readonly truePositives: ReadonlySet<string>;
  readonly terminal: Terminal;
}

/** The text, where it answers exactly as the hunt does with these exclusions; else undefined, and why is said. */
async function proven(
  rule: Rule,
  exclusions: readonly Exclusion[],
  lists: readonly Watchlisted[],
  proving: Proving,
): Promise<string | undefined> {
  const { backend, form, eventTime, terminal } = proving;
  const refuse = (reason: string): undefined => void terminal.note(`not exported: ${forTerminal(reason)}`);
  const base = await ask(backend, rule.query, proving.now, terminal);
  if (typeof base === "string") return refuse(base);
  const tuned = await hunted(rule, exclusions, base, proving);
  if (typeof tuned === "string") return refuse(tuned);
  const { tuning } = tuned;
  for (const { exclusion, state } of tuning.idle)
    if (state !== "unreached") terminal.note(`${exclusion.id} is a draft or expired, so it is left out.`);
  const obstacle = obstacleIn(tuning);
  if (obstacle !== undefined) return refuse(obstacle);
  const active = tuning.effects.map(({ exclusion }) => exclusion);
  const read = active.map((item) => lists.find(({ alias }) => alias === item.id)?.exclusion ?? item);
  const text = tunedText(rule, read, form, eventTime);
  if (text === undefined)
    return refuse("the rule's text does not name the table itself, so nothing can be put there; take --form let");
  const answer = await ask(backend, text, base.now, terminal);
  if (typeof answer === "string") return refuse(answer);
  if (!sameAnswers(answer.table, tuned.table))
    return refuse(
      `its ${rowsOf(answer.table)} are not the ${rowsOf(tuned.table)} of the hunt: a rule whose answer differs from run to run, as with 'take', can't be proven`,
    );
  const empty =
    base.table.rows.length === 0 ? " An empty answer proves little: try it where the rule finds something." : "";
  terminal.note(
    `proof: the rule alone answers ${rowsOf(base.table)}; the hunt with ${active.map(({ id }) => id).join(", ")} hides ${tuning.suppressed.length} and leaves ${rowsOf(tuned.table)}; this text answers the same ${rowsOf(answer.table)}, cell by cell. Microsoft's binder accepts it.${empty}`,
  );
  return text.endsWith("\n") ? text : `${text}\n`;
}

/** What the hunt itself makes of the rule with these exclusions, at the same `now()`; or why it can't tell. */
async function hunted(
  rule: Rule,
  exclusions: readonly Exclusion[],
  base: QueryAnswer,
  { backend, eventTime, stored, terminal, truePositives }: Proving,
): Promise<(RuleAnswer & { readonly tuning: Tuning }) | string> {
  const today = new Date().toISOString().slice(0, 10);
  const options = { now: base.now, stored, exclusions, today, eventTime, truePositives, signal: terminal.signal };
  const [outcome] = await runHunt([rule], backend, options);
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
  backend: Backend,
  text: string,
  now: bigint | "latest",
  terminal: Terminal,
): Promise<QueryAnswer | string> {
  const outcome = await backend.query({ text, now }, terminal.signal);
  return outcome.ok ? outcome : outcome.diagnostics.map(({ message }) => message).join(" ");
}

function rowsOf({ rows }: ResultTable): string {
  return `${rows.length} ${rows.length === 1 ? "row" : "rows"}`;
}

function suppliedList({ alias, column, values }: Watchlisted): NonNullable<Outside["supplied"]>[number] {
  return { name: watchlistTable(alias), columns: [column], rows: values.map((value) => [value]) };
}

async function writeLists(
  lists: readonly Watchlisted[],
  folder: string | undefined,
  terminal: Terminal,
): Promise<void> {
  if (folder === undefined) return;
  await mkdir(folder, { recursive: true });
  for (const list of lists) {
    const file = join(folder, `${list.alias}.csv`);
    await writeFile(file, watchlistCsv(list));
    terminal.note(`${file}: written; upload it as the watchlist '${list.alias}' with the search key ${list.column}.`);
  }
}
