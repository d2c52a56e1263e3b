import { rename, writeFile } from "node:fs/promises";
import {
  type Exclusion,
  loadExclusions,
  loadRulePaths,
  type Rule,
  type RuleFile,
  type RuleOutcome,
  runHunt,
} from "@goshawk/hunt";
import { openStore } from "@goshawk/store";
import { eventTimeIn, openBackends } from "../backend.ts";
import { type ExitCode, exitCodes } from "../exit.ts";
import { exclusionProblemNotes, hasBroken, tuningNotes } from "../hunt/exclusions.ts";
import { limitsOf, memoryOption } from "../hunt/limits.ts";
import { fileNotes, refusalNotes } from "../hunt/problems.ts";
import { type Recorded, recordHunt, truePositivesIn } from "../hunt/record.ts";
import { findingsTable, huntNotes, huntText, summaryText } from "../hunt/report.ts";
import { warningNotes } from "../hunt/warnings.ts";
import { nowOption } from "../now.ts";
import { chosenFormat, resultText } from "../output/result.ts";
import { loadOutside, type OutsideOptions } from "../outside.ts";
import { openTables } from "../tables.ts";
import type { Terminal } from "../terminal.ts";

export interface HuntCommandOptions extends OutsideOptions {
  readonly store: string;
  /** Folders of Parquet files to read where they are. */
  readonly parquet?: readonly string[];
  readonly now?: string;
  readonly format?: string;
  readonly timeout?: string;
  readonly maxRows?: string;
  readonly memory?: string;
  readonly write?: boolean;
  readonly failOnFindings?: boolean;
  /** A row a rule rather than a row a finding. */
  readonly summary?: boolean;
  /** Leave out rules that found nothing. */
  readonly quiet?: boolean;
  /** Files and folders of exclusions. */
  readonly exclusions?: readonly string[];
  /** False leaves the store's findings as they are. */
  readonly record?: boolean;
  /** Show what exclusions hide, too. */
  readonly showSuppressed?: boolean;
  /** What the hunt is called, and what it is to show, for its report. */
  readonly title?: string;
  readonly hypothesis?: string;
}

/** `goshawk hunt <rule file|folder|page>…` */
export async function huntCommand(
  paths: readonly string[],
  options: HuntCommandOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const format = chosenFormat(options.format, terminal.outIsTerminal);
  const now = nowOption(options.now);
  const files = await loadRulePaths(paths, { from: process.cwd(), signal: terminal.signal });
  for (const line of fileNotes(files, terminal.style.color)) terminal.note(line);
  await offerMended(files, options, terminal);
  const rules = files.flatMap((file) => file.rules);
  if (rules.length === 0) {
    terminal.note("No rule was loaded, so nothing was hunted.");
    return exitCodes.ruleError;
  }
  const tuning = await loadExclusions(options.exclusions ?? [], terminal.signal);
  for (const line of exclusionProblemNotes(tuning.problems)) terminal.note(line);
  const outcomes = await hunt(rules, tuning.exclusions, now, options, terminal);
  const suppressed = options.showSuppressed === true;
  if (format === "table")
    terminal.out(
      options.summary === true
        ? summaryText(outcomes, terminal.style)
        : huntText(outcomes, { suppressed }, terminal.style),
    );
  else terminal.out(resultText(findingsTable(outcomes, { suppressed }), format, terminal.style));
  for (const line of refusalNotes(outcomes)) terminal.note(line);
  for (const line of tuningNotes(outcomes, terminal.style.color)) terminal.note(line);
  for (const line of warningNotes(outcomes)) terminal.note(line);
  terminal.note(
    huntNotes(outcomes, {
      color: terminal.style.color,
      quiet: options.quiet === true,
      summary: options.summary === true,
    }),
  );
  if (options.record !== false) {
    const recorded = { ...toldOf(files, paths, options), exclusions: tuning.exclusions, today: today() };
    await record(outcomes, options.store, recorded, terminal);
  }
  const code = exitCodeOf(files, outcomes, options);
  return tuning.problems.length > 0 || hasBroken(outcomes) ? exitCodes.ruleError : code;
}

/** A journal that can't be written takes nothing from what was found. */
async function record(
  outcomes: readonly RuleOutcome[],
  store: string,
  recorded: Recorded,
  terminal: Terminal,
): Promise<void> {
  const opened = await openStore(store);
  const { tables } = await opened.snapshot();
  if (tables.length === 0) {
    terminal.note(`The hunt is not kept: findings are kept beside tables, and the store ${opened.folder} holds none.`);
    return;
  }
  try {
    for (const line of await recordHunt(outcomes, opened.folder, recorded)) terminal.note(line);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    terminal.note(
      `The hunt was not added to the findings of ${opened.folder}: ${reason}; --no-record leaves them alone.`,
    );
  }
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/** What a report says of the hunt: the words of its pages, unless the person has their own. */
function toldOf(
  files: readonly RuleFile[],
  paths: readonly string[],
  options: HuntCommandOptions,
): Pick<Recorded, "title" | "hypotheses"> {
  const rules = files.flatMap((file) => file.rules);
  const [only, ...more] = rules;
  const title = only !== undefined && more.length === 0 ? only.name : `${rules.length} rules of ${paths.join(", ")}`;
  const pages = files.flatMap((file) => (file.page === undefined ? [] : [file.page.hypothesis]));
  return {
    title: options.title ?? title,
    hypotheses: options.hypothesis === undefined ? pages.filter((text) => text !== "") : [options.hypothesis],
  };
}

async function hunt(
  rules: readonly Rule[],
  exclusions: readonly Exclusion[],
  now: bigint | "latest",
  options: HuntCommandOptions,
  terminal: Terminal,
): Promise<readonly RuleOutcome[]> {
  const tables = await openTables(options.store, options.parquet ?? [], terminal);
  const { snapshot, folder } = tables;
  const outside = await loadOutside(options, folder, terminal);
  const backends = openBackends(tables, outside, rules.length, memoryOption(options.memory));
  try {
    return await runHunt(rules, backends, {
      now,
      stored: new Map(snapshot.tables.map((table) => [table.name, table])),
      exclusions,
      today: today(),
      eventTime: eventTimeIn(snapshot),
      truePositives: await truePositivesIn(folder),
      signal: terminal.signal,
      onProgress: (done, total, rule) => terminal.progress(`${done + 1}/${total} ${rule.name}`),
      ...limitsOf(options),
    });
  } finally {
    await Promise.all(backends.map((backend) => backend.close()));
    await tables.release();
  }
}

/** `--write` puts the mended file in the place of the odd one; without it, the offer is made in words. */
async function offerMended(files: readonly RuleFile[], options: HuntCommandOptions, terminal: Terminal): Promise<void> {
  const mended = files.filter((file) => file.mended !== undefined && file.format !== "markdown");
  const [only] = mended;
  if (options.write !== true) {
    if (mended.length === 1 && only !== undefined)
      terminal.note(`--write puts the mended rule into ${targetOf(only)}.`);
    if (mended.length > 1) terminal.note(`--write puts the mended rules into ${mended.length} files.`);
    return;
  }
  for (const file of mended) {
    const target = targetOf(file);
    const temporary = `${target}.goshawk-${process.pid}`;
    await writeFile(temporary, file.mended ?? "", { flag: "wx" });
    await rename(temporary, target);
    terminal.note(`${target}: written.`);
  }
}

/** A page stays as it is; its rule goes beside it. */
function targetOf(file: RuleFile): string {
  return file.format === "page" ? `${file.path.replace(/\.[^./]+$/, "")}.yaml` : file.path;
}

function exitCodeOf(
  files: readonly RuleFile[],
  outcomes: readonly RuleOutcome[],
  options: HuntCommandOptions,
): ExitCode {
  const kinds = new Set(outcomes.map((outcome) => (lacksData(outcome) ? "could-not-look" : outcome.kind)));
  const broken = files.some((file) => file.problems.some((problem) => problem.severity === "error"));
  if (broken || kinds.has("refused") || kinds.has("failed")) return exitCodes.ruleError;
  if (options.failOnFindings === true && kinds.has("findings")) return exitCodes.findings;
  return kinds.has("could-not-look") ? exitCodes.couldNotLook : exitCodes.ok;
}

/** The rule is well, but reads what is not here. */
function lacksData(outcome: RuleOutcome): boolean {
  return outcome.kind === "refused" && outcome.diagnostics.every((item) => item.code === "could-not-look");
}
