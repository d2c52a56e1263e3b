import { openStore, type Receipt } from "@goshawk/store";
import { type IngestProgress, ingest } from "@goshawk/store/ingest";
import type { Merged } from "@goshawk/store/upkeep";
import { type ExitCode, exitCodes } from "../exit.ts";
import { count, isOrdinary, receiptText } from "../ingest/receipt.ts";
import { forTerminal } from "../output/escape.ts";
import type { Terminal } from "../terminal.ts";

export interface IngestCommandOptions {
  readonly store: string;
  readonly table?: string;
  readonly again?: boolean;
  readonly timeZone?: string;
  /** False leaves small segments as they are. */
  readonly compact?: boolean;
  /** Only the receipts that have something out of the ordinary to say. */
  readonly quiet?: boolean;
}

/** `goshawk ingest <file|folder>…` */
export async function ingestCommand(
  paths: readonly string[],
  options: IngestCommandOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const started = performance.now();
  let latest: IngestProgress | undefined;
  const show = (): void => {
    if (latest !== undefined) terminal.progress(progressText(latest, performance.now() - started));
  };
  const clock = setInterval(show, 1000);
  const report = await ingest(paths, {
    store: await openStore(options.store),
    ...(options.table === undefined ? {} : { table: options.table }),
    ...(options.again === true ? { again: true } : {}),
    ...(options.timeZone === undefined ? {} : { timeZone: options.timeZone }),
    ...(paths.includes("-") ? { stdin: process.stdin } : {}),
    signal: terminal.signal,
    onProgress: (progress) => {
      latest = progress;
      show();
    },
    onReceipt: (receipt) => {
      if (options.quiet !== true || !isOrdinary(receipt)) terminal.note(receiptText(receipt));
    },
  }).finally(() => clearInterval(clock));
  for (const { path, receipt } of report.known)
    terminal.note(
      `${forTerminal(path)}: stored already on ${receipt.at}${takenOut(receipt)}; --again stores it once more`,
    );
  for (const { path, message } of report.failed)
    terminal.note(`${forTerminal(path)}: not stored: ${forTerminal(message)}`);
  const rows = report.stored.reduce((sum, receipt) => sum + receipt.rows, 0);
  const seconds = (performance.now() - started) / 1000;
  terminal.note(`${count(rows, "row")} from ${count(report.stored.length, "file")} in ${seconds.toFixed(1)} s`);
  if (report.interrupted) return exitCodes.interrupted;
  if (options.compact !== false && report.stored.length > 0) await compactIfWorthwhile(options.store, terminal);
  const odd = report.stored.some((receipt) => receipt.rejected > 0 || receipt.problems.length > 0);
  return report.failed.length > 0 || odd ? exitCodes.ruleError : exitCodes.ok;
}

/** What was ingested is stored, whatever becomes of this. */
async function compactIfWorthwhile(folder: string, terminal: Terminal): Promise<void> {
  const [{ compact }, { mergedText }] = await Promise.all([import("@goshawk/store/upkeep"), import("./store.ts")]);
  const store = await openStore(folder);
  terminal.progress("merging small segments");
  try {
    const onMerged = (merged: Merged): void => terminal.note(mergedText(merged));
    await compact({ store, worthwhileOnly: true, signal: terminal.signal, onMerged });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    terminal.note(`Small segments were not merged: ${forTerminal(reason)}`);
  }
}

function takenOut({ removed }: Receipt): string {
  return removed === 0 ? "" : ` (${count(removed, "row")} of it taken out since)`;
}

/** Nothing is said of the rest before there is something to reckon with. */
const ENOUGH_SHARE = 0.02;

function progressText(progress: IngestProgress, elapsed: number): string {
  const { files, of, bytes, bytesOf, rows } = progress;
  const seconds = elapsed / 1000;
  const share = bytesOf === 0 ? 1 : bytes / bytesOf;
  const left = share <= ENOUGH_SHARE ? "" : `, ${Math.ceil((seconds / share) * (1 - share))} s left`;
  const rate = (bytes / 1e6 / Math.max(seconds, 0.001)).toFixed(1);
  return `${files}/${of} files, ${Math.round(share * 100)} % of ${(bytesOf / 1e6).toFixed(1)} MB, ${rate} MB/s, ${rows.toLocaleString("en")} rows${left}  ${forTerminal(progress.path)}`;
}
