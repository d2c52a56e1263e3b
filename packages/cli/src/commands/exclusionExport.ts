import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  loadExclusions,
  loadRulePaths,
  provenText,
  type Rule,
  tunedForms,
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
    const proven = await provenText(rule, exclusions, {
      backend,
      form,
      now: nowOption(options.now),
      today: new Date().toISOString().slice(0, 10),
      eventTime: eventTimeIn(snapshot),
      stored: new Map(snapshot.tables.map((table) => [table.name, table])),
      truePositives: await truePositivesIn(store.folder),
      lists,
      signal: terminal.signal,
    });
    for (const id of proven.left) terminal.note(`${id} is a draft or expired, so it is left out.`);
    if ("refused" in proven) {
      terminal.note(`not exported: ${forTerminal(proven.refused)}`);
      return exitCodes.ruleError;
    }
    terminal.note(`proof: ${proven.proof}`);
    await writeLists(lists, options.asWatchlists, terminal);
    if (options.out === undefined) terminal.out(proven.text);
    else await writeFile(options.out, proven.text);
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
