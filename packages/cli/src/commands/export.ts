import { expressionFault } from "@goshawk/kql";
import { ExportError, type ExportFormat, exportFormats, exportTable } from "@goshawk/store/export";
import { describeStore } from "@goshawk/store/upkeep";
import { diagnosticsText } from "../diagnostics.ts";
import { existingStore } from "../existingStore.ts";
import { type ExitCode, exitCodes, UsageError } from "../exit.ts";
import { count } from "../ingest/receipt.ts";
import { nowOption, timeOption } from "../now.ts";
import { bytesText } from "../output/bytes.ts";
import { forTerminal } from "../output/escape.ts";
import type { Terminal } from "../terminal.ts";

export interface ExportCommandOptions {
  readonly store: string;
  readonly format: string;
  readonly out: string;
  readonly where?: string;
  readonly from?: string;
  readonly to?: string;
  readonly now?: string;
  readonly exact?: boolean;
  readonly force?: boolean;
}

/** `goshawk export <table> --format FORMAT --out PATH` */
export async function exportCommand(
  table: string,
  options: ExportCommandOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const store = await existingStore(options.store);
  const { where, from, to, force, exact } = options;
  if (where !== undefined) expectCondition(where);
  const now = nowOption(options.now);
  const started = performance.now();
  const outcome = await exportTable({
    store,
    table,
    format: formatOption(options.format),
    path: options.out,
    now: now === "latest" ? await latestIn(store, table) : now,
    ...(where === undefined ? {} : { where }),
    ...(from === undefined ? {} : { from: timeOption("--from", from) }),
    ...(to === undefined ? {} : { to: timeOption("--to", to) }),
    ...(force === true ? { force } : {}),
    ...(exact === true ? { exact } : {}),
    signal: terminal.signal,
    onProgress: (bytes) => terminal.progress(`${bytesText(bytes)} written`),
  }).catch((error: unknown) => {
    if (error instanceof ExportError) throw new UsageError(error.message);
    throw error;
  });
  if (!outcome.ok) {
    terminal.note(diagnosticsText(outcome.diagnostics, outcome.text, "export"));
    return exitCodes.ruleError;
  }
  for (const note of outcome.notes) terminal.note(forTerminal(note));
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  terminal.note(
    `${forTerminal(options.out)}: ${count(outcome.rows, "row")}, ${bytesText(outcome.bytes)}, in ${seconds} s`,
  );
  return exitCodes.ok;
}

function formatOption(text: string): ExportFormat {
  const found = exportFormats.find((format) => format === text);
  if (found === undefined) throw new UsageError(`--format '${text}' is none of ${exportFormats.join(", ")}`);
  return found;
}

function expectCondition(where: string): void {
  const fault = expressionFault(where);
  if (fault !== undefined) throw new UsageError(`--where, at character ${fault.start + 1}: ${fault.message}`);
}

async function latestIn(store: Awaited<ReturnType<typeof existingStore>>, name: string): Promise<bigint> {
  return (await describeStore(store)).tables.find((table) => table.table === name)?.lastEvent ?? 0n;
}
