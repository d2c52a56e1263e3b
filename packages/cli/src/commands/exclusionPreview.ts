import type { Backend, ResultTable } from "@goshawk/engine";
import {
  type Breadth,
  breadthOf,
  bypassOf,
  bypassWitness,
  countFindings,
  type Exclusion,
  failedSamples,
  foldJournal,
  type HiddenRows,
  hiddenRows,
  loadExclusions,
  loadRulePaths,
  type Meaning,
  type Rule,
  type RuleAnswer,
  type RuleOutcome,
  readJournal,
  runHunt,
  type SampleOptions,
  witnessText,
} from "@goshawk/hunt";
import { conditionOutline } from "@goshawk/kql";
import { catalogueTable, type StoreSnapshot } from "@goshawk/store";
import { backendOver, closingWith, eventTimeIn } from "../backend.ts";
import { existingStore } from "../existingStore.ts";
import { type ExitCode, exitCodes, UsageError } from "../exit.ts";
import { exclusionProblemNotes } from "../hunt/exclusions.ts";
import { fileNotes } from "../hunt/problems.ts";
import { clock, nowOption } from "../now.ts";
import { forTerminal } from "../output/escape.ts";
import { chosenFormat, resultText } from "../output/result.ts";
import { withoutSameColumns } from "../output/sameColumns.ts";
import { loadOutside, type OutsideOptions } from "../outside.ts";
import type { Terminal } from "../terminal.ts";
import { columnsOf } from "./exclusionDraft.ts";

export interface ExclusionPreviewOptions extends OutsideOptions {
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
  /** Findings that somebody called true positives. */
  readonly truePositives: readonly TruePositive[];
  readonly now: bigint | "latest";
  /** Share of a rule's findings that one exclusion may hide, from 0 to 1. */
  readonly most: number;
  readonly terminal: Terminal;
}

interface TruePositive {
  readonly id: string;
  readonly rule: { readonly id: string; readonly name: string };
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
  const store = await existingStore(options.store);
  const { snapshot, release } = await store.read();
  const outside = await loadOutside(options, store.folder, terminal);
  const backend = closingWith(backendOver(store.folder, snapshot.tables, outside), release);
  const known = foldJournal((await readJournal(store.folder)).entries);
  const truePositives = known.filter(({ verdict }) => verdict === "true-positive");
  const setting: Setting = { rules, backend, snapshot, truePositives, now, most, terminal };
  const lines: PreviewLine[] = [];
  let faults = problems.length;
  try {
    for (const [index, exclusion] of exclusions.entries()) {
      terminal.progress(`${index + 1}/${exclusions.length} ${exclusion.id}`);
      const readings: readonly Meaning[] = exclusion.meaning === undefined ? ["drop", "keep"] : [exclusion.meaning];
      const said = new Map<string, Meaning[]>();
      for (const meaning of readings) {
        const shown = await preview({ ...exclusion, meaning }, exclusion.meaning === undefined, setting);
        lines.push(...shown.lines);
        // A draft hides nothing yet, so what speaks against a reading of it is advice.
        if (exclusion.meaning !== undefined) faults += shown.faults.length;
        for (const line of [...shown.faults, ...shown.doubts]) said.set(line, [...(said.get(line) ?? []), meaning]);
      }
      for (const [line, meanings] of said)
        terminal.note(forTerminal(`${exclusion.id} (${meanings.join(" or ")}): ${line}`));
    }
  } finally {
    await backend.close();
  }
  for (const note of unseenTruth(truePositives, lines)) terminal.note(forTerminal(note));
  const table = { ...previewColumns, rows: lines.map((line) => cellsOf(line, lines)) };
  const shown = format === "table" ? withoutSameColumns(table) : { table, same: [] };
  if (shown.same.length > 0) terminal.note(forTerminal(`In every row: ${shown.same.join(", ")}.`));
  terminal.out(resultText(shown.table, format, terminal.style));
  return faults > 0 ? exitCodes.ruleError : exitCodes.ok;
}

const previewColumns: Omit<ResultTable, "rows"> = {
  columns: [
    { name: "Exclusion", type: "string" },
    { name: "Meaning", type: "string" },
    { name: "Rule", type: "string" },
    { name: "Findings", type: "long" },
    { name: "Hides", type: "long" },
    { name: "HidesAlone", type: "long" },
    { name: "Weakens", type: "long" },
    { name: "TableRows", type: "long" },
    { name: "HidesRows", type: "long" },
    { name: "Devices", type: "long" },
    { name: "Accounts", type: "long" },
    { name: "FirstHidden", type: "datetime" },
    { name: "LastHidden", type: "datetime" },
    { name: "Samples", type: "string" },
  ],
  truncated: false,
};

/** What an exclusion does to a rule. */
interface PreviewLine {
  readonly exclusion: Decided;
  /** A reading of a draft hides nothing yet. */
  readonly draft: boolean;
  readonly outcome: RuleAnswer;
  readonly found: ReadonlySet<string>;
  readonly hidden: ReadonlySet<string>;
  readonly weakened: number;
  readonly rows: HiddenRows;
  readonly samples: string;
}

function cellsOf(line: PreviewLine, all: readonly PreviewLine[]): readonly (string | null)[] {
  const { exclusion, outcome, found, hidden, weakened, rows } = line;
  const others = all.filter(
    (other) => !other.draft && other.exclusion.id !== exclusion.id && other.outcome.rule.id === outcome.rule.id,
  );
  const alone = [...hidden].filter((id) => !others.some((other) => other.hidden.has(id)));
  const text = (count: number | undefined): string | null => (count === undefined ? null : String(count));
  return [
    exclusion.id,
    exclusion.meaning,
    outcome.rule.name,
    ...[found.size, hidden.size, alone.length, weakened, rows.of, rows.rows].map(String),
    text(rows.devices),
    text(rows.accounts),
    rows.first,
    rows.last,
    line.samples,
  ];
}

/** True positives that no run of these rules finds here: nothing shows whether an exclusion hides them. */
function unseenTruth(truths: readonly TruePositive[], lines: readonly PreviewLine[]): readonly string[] {
  const found = new Map(lines.map(({ outcome, found: ids }) => [outcome.rule.id, ids]));
  return [...found].flatMap(([rule, ids]) => {
    const unseen = truths.filter((truth) => truth.rule.id === rule && !ids.has(truth.id));
    const [first] = unseen;
    if (first === undefined) return [];
    const named = unseen.map(({ id }) => id).slice(0, 5);
    return [
      `${first.rule.name}: ${unseen.length} true positives (${named.join(", ")}${unseen.length > named.length ? ", …" : ""}) are not among what it finds with this now(), so this can't show whether one of them would be hidden; --now goes back to them`,
    ];
  });
}

interface Preview {
  readonly lines: readonly PreviewLine[];
  /** What must not be. */
  readonly faults: readonly string[];
  /** What a person should think about. */
  readonly doubts: readonly string[];
}

async function preview(exclusion: Decided, draft: boolean, setting: Setting): Promise<Preview> {
  const { backend, now, snapshot, terminal } = setting;
  const eventTime = eventTimeIn(snapshot);
  const faults: string[] = [];
  const doubts: string[] = [];
  const stored = new Map(snapshot.tables.map((table) => [table.name, table]));
  for (const table of [exclusion.table, ...(exclusion.evidence === undefined ? [] : [exclusion.evidence.table])])
    if (!stored.has(table)) doubts.push(`${table} holds no rows here, so this can't show what it would hide`);
  const common = { now, eventTime, signal: terminal.signal };
  let hidden: HiddenRows;
  try {
    hidden = await hiddenRows(exclusion, backend, { ...common, columnsOf });
  } catch (error) {
    if (terminal.signal.aborted) throw error;
    return {
      lines: [],
      faults: [`it can't be run: ${error instanceof Error ? error.message : String(error)}`],
      doubts,
    };
  }
  const { evidence } = exclusion;
  if (evidence !== undefined && hidden.withEvidence !== undefined && hidden.of > 0)
    doubts.push(
      `${evidence.table} has evidence, by ${evidence.on.join(" and ")}, for ${hidden.withEvidence} of ${hidden.of} rows of ${exclusion.table} (${Math.round((100 * hidden.withEvidence) / hidden.of)} %)`,
    );
  if (hidden.of > 0 && hidden.rows === hidden.of) faults.push(`it hides every row of ${exclusion.table}`);
  const trial = trialOptions(setting, eventTime);
  const breadth = await breadthOf(exclusion, backend, trial);
  const failed = await failedSamples(exclusion, backend, trial);
  faults.push(...failed.map(({ list, number, message }) => `sample ${number} of '${list}': ${message}`));
  faults.push(...breadthFaults(breadth));
  const { samples } = exclusion;
  if (!draft && samples.survive.length === 0) doubts.push("no sample of it must survive, so nothing holds it narrow");
  const tried = samples.hidden.length + samples.survive.length;
  for (const fault of breadth.faults) doubts.push(`whether it is too broad can't be tried: ${fault}`);
  const outcomes = await runHunt(setting.rules, backend, {
    ...common,
    stored,
    today: "",
    exclusions: [exclusion],
  });
  doubts.push(...(await bypassDoubts(exclusion, outcomes, backend, trial)));
  const truths = new Set(setting.truePositives.map(({ id }) => id));
  const lines: PreviewLine[] = [];
  for (const outcome of outcomes) {
    if (!("findings" in outcome)) {
      const why = outcome.kind === "refused" ? outcome.diagnostics[0]?.message : outcome.message;
      doubts.push(`${outcome.rule.name} can't run, so this shows nothing of it: ${why ?? ""}`);
      continue;
    }
    if (outcome.tuning === undefined) continue;
    const { suppressed, weakened, broken, idle } = outcome.tuning;
    const { name } = outcome.rule;
    for (const item of broken) faults.push(`with ${name}: ${item.reasons.join(" ")}`);
    if (idle.some(({ state }) => state === "unreached"))
      doubts.push(`${name} reads ${exclusion.table} by a wildcard or a function, too, so it is not applied to it`);
    const gone = suppressed.map(({ finding }) => finding);
    for (const finding of gone)
      if (truths.has(finding.id))
        faults.push(`it would hide the true positive ${finding.id} (${finding.entity}) of ${name}`);
    const [all, hides] = [countFindings([...outcome.findings, ...gone]), countFindings(gone)];
    if (all > 0 && hides / all > setting.most)
      faults.push(`it hides ${hides} of ${all} findings of ${name}, more than ${setting.most * 100} %`);
    lines.push({
      exclusion,
      draft,
      outcome,
      found: new Set([...outcome.findings, ...gone].map(({ id }) => id)),
      hidden: new Set(gone.map(({ id }) => id)),
      weakened,
      rows: hidden,
      samples: `${tried - failed.length} of ${tried}`,
    });
  }
  if (lines.length === 0) doubts.push("it tunes none of the rules given");
  return { lines, faults, doubts };
}

function trialOptions({ now, terminal }: Setting, eventTime: (table: string) => string): SampleOptions {
  return {
    now: now === "latest" ? clock() : now,
    eventTime,
    columns: (table) => catalogueTable(table)?.columns ?? [],
    signal: terminal.signal,
  };
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
