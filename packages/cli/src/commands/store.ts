import { statfs } from "node:fs/promises";
import type { ResultTable } from "@goshawk/engine";
import { formatDatetime } from "@goshawk/kql/values";
import { compact, describeStore, type Merged, type RetainReport, retain, verify } from "@goshawk/store/upkeep";
import { existingStore } from "../existingStore.ts";
import { type ExitCode, exitCodes, UsageError } from "../exit.ts";
import { count } from "../ingest/receipt.ts";
import { nowOption } from "../now.ts";
import { bytesText } from "../output/bytes.ts";
import { forTerminal } from "../output/escape.ts";
import { chosenFormat, resultText } from "../output/result.ts";
import type { Terminal } from "../terminal.ts";

export interface StoreOptions {
  readonly store: string;
  readonly table?: string;
  /** False removes files that were replaced at once. */
  readonly grace?: boolean;
}

/** `goshawk store` */
export async function storeCommand(
  options: StoreOptions & { readonly format?: string },
  terminal: Terminal,
): Promise<ExitCode> {
  const format = chosenFormat(options.format, terminal.outIsTerminal);
  const store = await existingStore(options.store);
  const { tables, sources, leaving } = await describeStore(store);
  // 80 columns have no room for ticks.
  const time = (ticks: bigint | null): string | null =>
    ticks === null ? null : format === "table" ? formatDatetime(ticks).slice(0, 10) : formatDatetime(ticks);
  const table: ResultTable = {
    columns: [
      { name: "Table", type: "string" },
      { name: "Rows", type: "long" },
      { name: "Days", type: "long" },
      { name: "FirstEvent", type: "datetime" },
      { name: "LastEvent", type: "datetime" },
      { name: "Segments", type: "long" },
      { name: "Bytes", type: "long" },
    ],
    rows: tables.map((one) => [
      one.table,
      String(one.rows),
      String(daysBetween(one.firstEvent, one.lastEvent)),
      time(one.firstEvent),
      time(one.lastEvent),
      String(one.segments),
      String(one.bytes),
    ]),
    truncated: false,
  };
  terminal.out(resultText(table, format, terminal.style));
  const bytes = tables.reduce((sum, one) => sum + one.bytes, 0);
  const rows = tables.reduce((sum, one) => sum + one.rows, 0);
  const waiting =
    leaving === 0 ? "" : `; ${count(leaving, "file")} of earlier states will be removed by the next write`;
  terminal.note(
    `${store.folder}: ${count(rows, "row")} from ${count(sources, "file")}, ${bytesText(bytes)}${waiting}${await room(store.folder)}`,
  );
  return exitCodes.ok;
}

const TICKS_PER_DAY = 864_000_000_000n;

/** Calendar days, the first and the last one with them. */
function daysBetween(first: bigint | null, last: bigint | null): bigint {
  return first === null || last === null ? 0n : last / TICKS_PER_DAY - first / TICKS_PER_DAY + 1n;
}

async function room(folder: string): Promise<string> {
  const facts = await statfs(folder).catch(() => undefined);
  return facts === undefined ? "" : `; ${bytesText(facts.bavail * facts.bsize)} free on its disk`;
}

/** `goshawk store compact` */
export async function compactCommand(options: StoreOptions, terminal: Terminal): Promise<ExitCode> {
  const store = await existingStore(options.store);
  terminal.progress("looking for small segments");
  const { merged, interrupted } = await compact({
    store,
    ...chosen(options),
    signal: terminal.signal,
    onMerged: (done) => terminal.note(mergedText(done)),
  });
  if (merged.length === 0 && !interrupted) terminal.note("Nothing to do: no table has small segments to merge.");
  return interrupted ? exitCodes.interrupted : exitCodes.ok;
}

function chosen({ table, grace }: StoreOptions): { readonly table?: string; readonly graceMs?: number } {
  return { ...(table === undefined ? {} : { table }), ...(grace === false ? { graceMs: 0 } : {}) };
}

export function mergedText({ table, rows, before, after }: Merged): string {
  const [from, to] = [count(before.segments, "segment"), count(after.segments, "segment")];
  return `${forTerminal(table)}: ${from} (${bytesText(before.bytes)}) became ${to} (${bytesText(after.bytes)}), ${count(rows, "row")}`;
}

/** `goshawk store retain --older-than 90d` */
export async function retainCommand(
  options: StoreOptions & { readonly olderThan: string; readonly now?: string; readonly apply?: boolean },
  terminal: Terminal,
): Promise<ExitCode> {
  const store = await existingStore(options.store);
  const before = (await nowIn(options, store)) - ageOption(options.olderThan);
  const dryRun = options.apply !== true;
  const report = await retain({ store, ...chosen(options), before, dryRun, signal: terminal.signal });
  for (const line of retainLines(report, before, dryRun)) terminal.note(line);
  return report.interrupted ? exitCodes.interrupted : exitCodes.ok;
}

async function nowIn(
  options: { readonly now?: string },
  store: Awaited<ReturnType<typeof existingStore>>,
): Promise<bigint> {
  const now = nowOption(options.now);
  if (now !== "latest") return now;
  const times = (await describeStore(store)).tables.flatMap((table) => table.lastEvent ?? []);
  return times.sort((a, b) => (a < b ? -1 : 1)).at(-1) ?? 0n;
}

const ticksIn: Readonly<Record<string, bigint>> = { d: TICKS_PER_DAY, h: 36_000_000_000n, m: 600_000_000n };

function ageOption(text: string): bigint {
  const [, number = "", unit = ""] = /^(\d+)([dhm])$/.exec(text) ?? [];
  const ticks = ticksIn[unit];
  if (ticks === undefined)
    throw new UsageError(`--older-than '${text}' is no age; expected a number and d, h or m, such as 90d`);
  return BigInt(number) * ticks;
}

function retainLines(report: RetainReport, before: bigint, dryRun: boolean): readonly string[] {
  const time = `${formatDatetime(before).slice(0, 19)}Z`;
  const lines = report.tables.map(({ table, rows, whole, bytes, partly }) => {
    const parts = [
      whole === 0 ? "" : `${count(whole, "segment")} as a whole (${bytesText(bytes)})`,
      partly === 0 ? "" : `${count(partly, "segment")} ${dryRun ? "to be" : ""} written again without them`,
    ].filter((part) => part !== "");
    return `${forTerminal(table)}: ${count(rows, "row")}: ${parts.join(", ").replaceAll("  ", " ")}`;
  });
  if (report.ageless.length > 0)
    lines.push(
      `${report.ageless.map(forTerminal).join(", ")}: left alone; no column Timestamp or TimeGenerated tells the age of its rows`,
    );
  const rows = report.tables.reduce((sum, table) => sum + table.rows, 0);
  if (rows === 0) lines.push(`No row is of an event before ${time}.`);
  else if (dryRun) lines.push(`${count(rows, "row")} of events before ${time} would go; --apply takes them out.`);
  else lines.push(`${count(rows, "row")} of events before ${time} are gone.`);
  return lines;
}

/** `goshawk store verify` */
export async function verifyCommand(
  options: { readonly store: string; readonly setAside?: boolean },
  terminal: Terminal,
): Promise<ExitCode> {
  const store = await existingStore(options.store);
  const report = await verify({
    store,
    ...(options.setAside === true ? { setAside: true } : {}),
    signal: terminal.signal,
    onProgress: (done, of, file) => terminal.progress(`${done}/${of} ${forTerminal(file)}`),
  });
  if (report.interrupted) return exitCodes.interrupted;
  for (const { file, reason } of report.otherFiles) terminal.note(`${forTerminal(file)}: ${forTerminal(reason)}`);
  for (const { table, file, reason, indexOnly, rows, sources } of report.damaged) {
    terminal.note(`${forTerminal(file)}: ${forTerminal(reason)}`);
    if (indexOnly) {
      terminal.note(`  an index alone: the ${count(rows, "row")} of ${forTerminal(table)} beside it are whole`);
      continue;
    }
    terminal.note(`  ${count(rows, "row")} of ${forTerminal(table)}, from:`);
    for (const source of sources) terminal.note(`    ${forTerminal(source.path)} (${count(source.rows, "row")})`);
  }
  const { length } = report.damaged;
  if (report.unsummed > 0)
    terminal.note(`${count(report.unsummed, "segment")} of an older version: read whole, for want of a sum`);
  terminal.note(
    `${count(report.segments, "segment")}, ${bytesText(report.bytes)}: ${length === 0 ? "all are as they were written" : `${length} damaged`}`,
  );
  if (length === 0) return report.otherFiles.length === 0 ? exitCodes.ok : exitCodes.ruleError;
  if (report.damaged.some(({ indexOnly }) => indexOnly))
    terminal.note(report.setAside ? "Indexes were made anew." : "--set-aside makes an index anew.");
  if (report.damaged.some(({ indexOnly }) => !indexOnly))
    terminal.note(
      report.setAside
        ? `Damaged segments are out of the store now, in ${store.folder}/damaged; 'goshawk ingest --again' of their files brings the rows back (and doubles those of the same file in other segments).`
        : "--set-aside takes damaged segments out of the store, so that the rest of their tables can be queried.",
    );
  return exitCodes.ruleError;
}
