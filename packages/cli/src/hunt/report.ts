import type { ResultTable } from "@goshawk/engine";
import {
  countFindings,
  type Finding,
  type Rule,
  type RuleAnswer,
  type RuleOutcome,
  type TableCoverage,
} from "@goshawk/hunt";
import { formatDatetime } from "@goshawk/kql";
import pc from "picocolors";
import { forTerminal } from "../output/escape.ts";
import { withoutSameColumns } from "../output/sameColumns.ts";
import { type TableStyle, tableText } from "../output/table.ts";

/** Whether findings that exclusions hide are shown as well. */
export interface Shown {
  readonly suppressed: boolean;
}

/** The findings of a hunt as one table, a row a finding. */
export function findingsTable(outcomes: readonly RuleOutcome[], shown: Shown): ResultTable {
  const rows = outcomes.flatMap((outcome) => {
    if (!("findings" in outcome)) return [];
    const live = outcome.findings.map((finding) => rowOf(outcome.rule, finding));
    if (!shown.suppressed) return live;
    const hidden = outcome.tuning?.suppressed ?? [];
    return [
      ...live.map((row) => [...row, ""]),
      ...hidden.map(({ finding, by }) => [...rowOf(outcome.rule, finding), by.join(" ")]),
    ];
  });
  return {
    columns: [
      { name: "Rule", type: "string" },
      { name: "Technique", type: "string" },
      { name: "Entity", type: "string" },
      { name: "FirstSeen", type: "datetime" },
      { name: "LastSeen", type: "datetime" },
      { name: "Count", type: "long" },
      { name: "Evidence", type: "string" },
      ...(shown.suppressed ? [{ name: "SuppressedBy", type: "string" } as const] : []),
    ],
    rows,
    truncated: false,
  };
}

function rowOf(rule: Rule, finding: Finding): readonly (string | null)[] {
  return [
    rule.name,
    rule.techniques.join(" "),
    finding.entity,
    finding.firstSeen,
    finding.lastSeen,
    finding.count,
    finding.evidence.map(([column, value]) => `${column}=${value}`).join(" "),
  ];
}

/** The findings as a person reads them: times to the second. */
export function huntText(outcomes: readonly RuleOutcome[], shown: Shown, style: TableStyle): string {
  const findings = findingsTable(outcomes, shown);
  if (findings.rows.length === 0) return "";
  const times = findings.columns.flatMap((column, index) => (column.type === "datetime" ? [index] : []));
  const rows = findings.rows.map((row) => row.map((cell, index) => (times.includes(index) ? toSecond(cell) : cell)));
  const { table, same } = withoutSameColumns({ ...findings, rows }, ["Rule", "Technique"]);
  const head = same.length === 0 ? "" : `${forTerminal(same.join(", "))}\n`;
  return `${head}${tableText(table, style)}`;
}

function toSecond(time: string | null): string | null {
  return time === null ? null : `${time.slice(0, 19)}Z`;
}

const SHOWN_ENTITIES = 6;

/** A row a rule that found something: how much, where first and last. */
export function summaryText(outcomes: readonly RuleOutcome[], style: TableStyle): string {
  const rows = outcomes.flatMap((outcome) => {
    if (outcome.kind !== "findings") return [];
    const entities = [...new Set(outcome.findings.map((finding) => finding.entity))];
    const firsts = outcome.findings.flatMap((finding) => finding.firstSeen ?? []).sort();
    const lasts = outcome.findings.flatMap((finding) => finding.lastSeen ?? []).sort();
    return [
      [
        outcome.rule.name,
        outcome.rule.techniques.join(" "),
        String(countFindings(outcome.findings)),
        toSecond(firsts[0] ?? null),
        toSecond(lasts.at(-1) ?? null),
        `${entities.slice(0, SHOWN_ENTITIES).join(" ")}${entities.length > SHOWN_ENTITIES ? ` and ${entities.length - SHOWN_ENTITIES} more` : ""}`,
      ],
    ];
  });
  if (rows.length === 0) return "";
  const columns: ResultTable["columns"] = [
    { name: "Rule", type: "string" },
    { name: "Technique", type: "string" },
    { name: "Findings", type: "long" },
    { name: "FirstSeen", type: "datetime" },
    { name: "LastSeen", type: "datetime" },
    { name: "Entities", type: "string" },
  ];
  return tableText({ columns, rows, truncated: false }, style);
}

export interface NoteOptions {
  readonly color: boolean;
  /** Count the rules that found nothing instead of naming them. */
  readonly quiet: boolean;
  /** Count those that found something, too: a table has named them. */
  readonly summary: boolean;
}

/** A line a rule, and one on what was searched. */
export function huntNotes(outcomes: readonly RuleOutcome[], options: NoteOptions): string {
  const colors = pc.createColors(options.color);
  const counted = (outcome: RuleOutcome): boolean =>
    (options.quiet && outcome.kind === "clean") ||
    (options.summary && outcome.kind === "findings" && outcome.coverage.verdict === "runs");
  const lines = outcomes.filter((outcome) => !counted(outcome)).map((outcome) => outcomeLine(outcome, colors));
  const hits = outcomes.filter((outcome) => counted(outcome) && outcome.kind === "findings").length;
  const clean = outcomes.filter((outcome) => counted(outcome) && outcome.kind === "clean").length;
  if (hits > 0) lines.push(`${colors.red("●")} ${plural(hits, "rule")} found something`);
  if (clean > 0) lines.push(`${colors.green("●")} ${plural(clean, "rule")} found nothing`);
  const searched = searchedText(outcomes);
  if (searched !== "") lines.push(colors.dim(searched));
  return lines.join("\n");
}

function outcomeLine(outcome: RuleOutcome, colors: ReturnType<typeof pc.createColors>): string {
  const name = forTerminal(outcome.rule.name);
  switch (outcome.kind) {
    case "findings":
      return `${colors.red("●")} ${name}: ${foundText(outcome)}${hidden(outcome)}${partly(outcome)}`;
    case "clean":
      return `${colors.green("●")} ${name}: ${hidden(outcome) === "" ? "nothing found" : `nothing left${hidden(outcome)}`} (${outcome.coverage.verdict})`;
    case "could-not-look":
      return `${colors.yellow("▲")} ${name}: could not look: ${missingText(outcome)} (${outcome.coverage.verdict})`;
    case "refused":
      return `${colors.red("✗")} ${name}: can't run: ${forTerminal(outcome.diagnostics[0]?.message ?? "")}`;
    case "failed":
      return `${colors.red("✗")} ${name}: failed: ${forTerminal(outcome.message)}`;
  }
}

/** Rows about the same entities are one finding. */
function foundText({ findings, table }: RuleAnswer): string {
  const count = countFindings(findings);
  const rows = count === findings.length ? "" : ` in ${findings.length} rows`;
  const cut = table.truncated ? `, of the first ${findings.length} rows; --max-rows takes more` : "";
  return `${plural(count, "finding")}${rows}${cut}`;
}

function hidden(outcome: RuleAnswer): string {
  const count = countFindings((outcome.tuning?.suppressed ?? []).map(({ finding }) => finding));
  return count === 0 ? "" : ` (${count} more suppressed)`;
}

function partly(outcome: RuleAnswer): string {
  const { missing, tooOld } = outcome.coverage;
  const names = [...missing, ...tooOld.map((table) => table.name)];
  return names.length === 0 ? "" : ` (partly: could not look in ${names.join(", ")}, where no rows are)`;
}

function missingText(outcome: RuleAnswer): string {
  const { missing, searched, tooOld } = outcome.coverage;
  const parts: string[] = [];
  if (missing.length > 0) parts.push(`${missing.join(", ")} ${missing.length === 1 ? "holds" : "hold"} no rows here`);
  for (const table of tooOld) parts.push(oldText(table));
  if (searched.length > 0) parts.push(`nothing found in ${searched.map((table) => table.name).join(", ")}`);
  return parts.join("; ");
}

function oldText(table: TableCoverage): string {
  const newest = table.lastEvent === null ? "" : `; its newest event is of ${seconds(table.lastEvent)}`;
  return `${table.name} holds no rows as late as the rule looks back${newest}; try --now latest`;
}

/** Tables, rows, time span and the `now()` that the rules saw. */
function searchedText(outcomes: readonly RuleOutcome[]): string {
  const tables = new Map<string, TableCoverage>();
  const clocks = new Set<bigint>();
  let milliseconds = 0;
  for (const outcome of outcomes) {
    if (!("coverage" in outcome)) continue;
    for (const table of outcome.coverage.searched) tables.set(table.name, table);
    if (outcome.coverage.searched.length > 0) clocks.add(outcome.now);
    milliseconds += outcome.milliseconds;
  }
  if (tables.size === 0) return "";
  const list = [...tables.values()];
  const rows = list.reduce((sum, table) => sum + table.rows, 0).toLocaleString("en");
  const shown = list.length > 4 ? `${list.length} tables` : list.map((table) => table.name).join(", ");
  const [only] = clocks.size === 1 ? clocks : [];
  const clock = only === undefined ? "" : `; now() was ${seconds(only)}`;
  return `Searched ${shown}: ${rows} rows${spanText(list)}, in ${(milliseconds / 1000).toFixed(2)} s${clock}.`;
}

function spanText(tables: readonly TableCoverage[]): string {
  const firsts = tables.flatMap((table) => (table.firstEvent === null ? [] : [table.firstEvent]));
  const lasts = tables.flatMap((table) => (table.lastEvent === null ? [] : [table.lastEvent]));
  if (firsts.length === 0 || lasts.length === 0) return "";
  const [first = 0n] = firsts.sort(ascending);
  const last = lasts.sort(ascending).at(-1) ?? 0n;
  return ` from ${seconds(first)} to ${seconds(last)}`;
}

function ascending(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function seconds(ticks: bigint): string {
  return `${formatDatetime(ticks).slice(0, 19)}Z`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
