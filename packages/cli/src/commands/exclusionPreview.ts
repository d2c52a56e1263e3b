import type { Backend, ResultTable } from "@goshawk/engine";
import {
  type Breadth,
  breadthOf,
  bypassOf,
  bypassWitness,
  type Exclusion,
  failedSamples,
  hiddenRows,
  loadExclusions,
  loadRulePaths,
  type Meaning,
  type Rule,
  type RuleOutcome,
  runHunt,
  type SampleOptions,
  witnessText,
} from "@goshawk/hunt";
import { conditionOutline } from "@goshawk/kql";
import { catalogueTable, openStore, type StoreSnapshot } from "@goshawk/store";
import { backendOver, closingWith, eventTimeIn } from "../backend.ts";
import { type ExitCode, exitCodes, UsageError } from "../exit.ts";
import { exclusionProblemNotes } from "../hunt/exclusions.ts";
import { fileNotes } from "../hunt/problems.ts";
import { truePositivesIn } from "../hunt/record.ts";
import { clock, nowOption } from "../now.ts";
import { forTerminal } from "../output/escape.ts";
import { chosenFormat, resultText } from "../output/result.ts";
import type { Terminal } from "../terminal.ts";
import { columnsOf } from "./exclusionDraft.ts";

export interface ExclusionPreviewOptions {
  readonly store: string;
  readonly now?: string;
  readonly format?: string;
  readonly most: string;
}

type Decided = Exclusion & { readonly meaning: Meaning };

interface Setting {
  readonly rules: readonly Rule[];
  readonly backend: Backend;
  readonly snapshot: StoreSnapshot;
  /** Ids of findings that somebody called true positives. */
  readonly truePositives: ReadonlySet<string>;
  readonly now: bigint | "latest";
  /** Share of a rule's findings that one exclusion may hide, from 0 to 1. */
  readonly most: number;
  readonly terminal: Terminal;
}

/** `goshawk exclusion preview <exclusions> <rules>…`: a row for each exclusion, reading and rule. */
export async function exclusionPreviewCommand(
  path: string,
  rulePaths: readonly string[],
  options: ExclusionPreviewOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const format = chosenFormat(options.format, terminal.outIsTerminal);
  const most = Number(options.most) / 100;
  if (!(most > 0 && most <= 1)) throw new UsageError(`--most '${options.most}' is no share in percent`);
  const now = nowOption(options.now);
  const { exclusions, problems } = await loadExclusions([path], terminal.signal);
  for (const line of exclusionProblemNotes(problems)) terminal.note(line);
  const files = await loadRulePaths(rulePaths, { from: process.cwd(), signal: terminal.signal });
  for (const line of fileNotes(files, terminal.style.color)) terminal.note(line);
  const rules = files.flatMap((file) => file.rules);
  const store = await openStore(options.store);
  const { snapshot, release } = await store.read();
  const backend = closingWith(backendOver(store.folder, snapshot.tables), release);
  const truePositives = await truePositivesIn(store.folder);
  const setting: Setting = { rules, backend, snapshot, truePositives, now, most, terminal };
  const rows: (readonly (string | null)[])[] = [];
  let faults = problems.length;
  try {
    for (const [index, exclusion] of exclusions.entries()) {
      terminal.progress(`${index + 1}/${exclusions.length} ${exclusion.id}`);
      const readings: readonly Meaning[] = exclusion.meaning === undefined ? ["drop", "keep"] : [exclusion.meaning];
      for (const meaning of readings) {
        const shown = await preview({ ...exclusion, meaning }, setting);
        rows.push(...shown.rows);
        // A draft hides nothing yet, so what speaks against a reading of it is advice.
        if (exclusion.meaning !== undefined) faults += shown.faults.length;
        for (const line of [...shown.faults, ...shown.doubts])
          terminal.note(forTerminal(`${exclusion.id} (${meaning}): ${line}`));
      }
    }
  } finally {
    await backend.close();
  }
  terminal.out(resultText({ ...previewColumns, rows }, format, terminal.style));
  return faults > 0 ? exitCodes.ruleError : exitCodes.ok;
}

const previewColumns: Omit<ResultTable, "rows"> = {
  columns: [
    { name: "Exclusion", type: "string" },
    { name: "Meaning", type: "string" },
    { name: "Rule", type: "string" },
    { name: "Findings", type: "long" },
    { name: "Hides", type: "long" },
    { name: "Weakens", type: "long" },
    { name: "TableRows", type: "long" },
    { name: "HidesRows", type: "long" },
    { name: "Devices", type: "long" },
    { name: "FirstHidden", type: "datetime" },
    { name: "LastHidden", type: "datetime" },
  ],
  truncated: false,
};

interface Preview {
  readonly rows: readonly (readonly (string | null)[])[];
  /** What must not be. */
  readonly faults: readonly string[];
  /** What a person should think about. */
  readonly doubts: readonly string[];
}

async function preview(exclusion: Decided, setting: Setting): Promise<Preview> {
  const { backend, now, snapshot, terminal } = setting;
  const eventTime = eventTimeIn(snapshot);
  const faults: string[] = [];
  const doubts: string[] = [];
  const stored = new Map(snapshot.tables.map((table) => [table.name, table]));
  for (const table of [exclusion.table, ...(exclusion.evidence === undefined ? [] : [exclusion.evidence.table])])
    if (!stored.has(table)) doubts.push(`${table} holds no rows here, so this can't show what it would hide`);
  const common = { now, eventTime, signal: terminal.signal };
  let hidden: Awaited<ReturnType<typeof hiddenRows>>;
  try {
    hidden = await hiddenRows(exclusion, backend, { ...common, columnsOf });
  } catch (error) {
    if (terminal.signal.aborted) throw error;
    return { rows: [], faults: [`it can't be run: ${error instanceof Error ? error.message : String(error)}`], doubts };
  }
  if (hidden.of > 0 && hidden.rows === hidden.of) faults.push(`it hides every row of ${exclusion.table}`);
  const trial = trialOptions(setting, eventTime);
  const breadth = await breadthOf(exclusion, backend, trial);
  faults.push(...(await sampleFaults(exclusion, backend, trial)), ...breadthFaults(breadth));
  for (const fault of breadth.faults) doubts.push(`whether it is too broad can't be tried: ${fault}`);
  const outcomes = await runHunt(setting.rules, backend, {
    ...common,
    stored,
    today: "",
    exclusions: [exclusion],
  });
  doubts.push(...(await bypassDoubts(exclusion, outcomes, backend, trial)));
  const rows: (readonly (string | null)[])[] = [];
  for (const outcome of outcomes) {
    if (!("findings" in outcome) || outcome.tuning === undefined) continue;
    const { suppressed, weakened, broken } = outcome.tuning;
    for (const item of broken) faults.push(`with ${outcome.rule.name}: ${item.reasons.join(" ")}`);
    for (const { finding } of suppressed)
      if (setting.truePositives.has(finding.id))
        faults.push(`it would hide the true positive ${finding.id} (${finding.entity}) of ${outcome.rule.name}`);
    const all = outcome.findings.length + suppressed.length;
    if (all > 0 && suppressed.length / all > setting.most)
      faults.push(
        `it hides ${suppressed.length} of ${all} findings of ${outcome.rule.name}, more than ${setting.most * 100} %`,
      );
    rows.push([
      exclusion.id,
      exclusion.meaning,
      outcome.rule.name,
      String(all),
      String(suppressed.length),
      String(weakened),
      String(hidden.of),
      String(hidden.rows),
      hidden.devices === undefined ? null : String(hidden.devices),
      hidden.first,
      hidden.last,
    ]);
  }
  if (rows.length === 0) doubts.push("it tunes none of the rules given");
  return { rows, faults, doubts };
}

function trialOptions({ now, terminal }: Setting, eventTime: (table: string) => string): SampleOptions {
  return {
    now: now === "latest" ? clock() : now,
    eventTime,
    columns: (table) => catalogueTable(table)?.columns ?? [],
    signal: terminal.signal,
  };
}

async function sampleFaults(exclusion: Decided, backend: Backend, options: SampleOptions): Promise<readonly string[]> {
  const failed = await failedSamples(exclusion, backend, options);
  return failed.map(({ list, number, message }) => `sample ${number} of '${list}': ${message}`);
}

function breadthFaults({ blank, stranger }: Breadth): readonly string[] {
  if (stranger && blank)
    return ["it hides an event with nothing filled in, and one with names that nobody has: whatever happens"];
  if (stranger) return ["it hides an event whose names nobody has, so it is not about its scenario"];
  return blank ? ["it hides an event in which its columns are empty: what is not known would be hidden"] : [];
}

/** How an attacker would be hidden: in general, and by the smallest event that shows it. */
async function bypassDoubts(
  exclusion: Decided,
  outcomes: readonly RuleOutcome[],
  backend: Backend,
  options: SampleOptions,
): Promise<readonly string[]> {
  const way = bypassIn(exclusion);
  const general = way === undefined ? undefined : `it lets through ${way}, which an attacker can choose`;
  for (const outcome of outcomes) {
    if (!("findings" in outcome)) continue;
    const [finding] = [...outcome.findings, ...(outcome.tuning?.suppressed ?? []).map((item) => item.finding)];
    if (finding === undefined) continue;
    const trial = { ...options, now: outcome.now };
    const witness = await bypassWitness(exclusion, outcome.rule, finding, backend, trial);
    if (witness === undefined) continue;
    return [`${general ?? "there is a way around it"}: ${witnessText(exclusion, witness)}`];
  }
  return general === undefined ? [] : [general];
}

/** For what is kept by evidence there is nothing to choose: to have none is enough. */
function bypassIn({ meaning, when, evidence }: Decided): string | undefined {
  if (meaning === "keep" && evidence !== undefined) return undefined;
  const outline = conditionOutline(when);
  return outline === undefined ? undefined : bypassOf(outline, (field) => field, meaning);
}
