import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { type Backend, BackendError, type QueryAnswer, type QueryOutcome } from "@goshawk/engine";
import { formatDatetime } from "@goshawk/kql/values";
import { openBackend } from "../backend.ts";
import { diagnosticsText } from "../diagnostics.ts";
import { type ExitCode, exitCodes, UsageError } from "../exit.ts";
import { nowOption } from "../now.ts";
import { forJson } from "../output/escape.ts";
import { readingText } from "../output/reading.ts";
import { chosenFormat, resultText } from "../output/result.ts";
import { loadOutside, type OutsideOptions } from "../outside.ts";
import { openTables } from "../tables.ts";
import type { Terminal } from "../terminal.ts";

export interface QueryOptions extends OutsideOptions {
  readonly store: string;
  /** Folders of Parquet files to read where they are. */
  readonly parquet?: readonly string[];
  readonly file?: string;
  readonly batch?: string;
  readonly now?: string;
  readonly format?: string;
  readonly timeout?: string;
  readonly sql?: boolean;
  readonly explain?: boolean;
}

/** `goshawk query '<KQL>' | -f FILE | --batch FILE` */
export async function queryCommand(
  text: string | undefined,
  options: QueryOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  if (options.batch !== undefined) return batch(options.batch, options, terminal);
  const query = options.file === undefined ? text : await textOf(options.file);
  if (query === undefined) throw new UsageError("give a query, -f FILE or --batch FILE");
  const format = chosenFormat(options.format, terminal.outIsTerminal);
  const now = nowOption(options.now);
  const outside = await loadOutside(options, options.store, terminal);
  const { backend, stored } = openBackend(await openTables(options.store, options.parquet ?? [], terminal), outside);
  try {
    if (stored.size === 0)
      terminal.note(`The store ${options.store} holds no rows: every table is empty. 'goshawk ingest' fills it.`);
    const outcome = await backend.query({ text: query, now, ...timeout(options) }, terminal.signal);
    if (!outcome.ok) {
      terminal.note(diagnosticsText(outcome.diagnostics, query, options.file ?? "query"));
      return exitCodes.ruleError;
    }
    if (options.sql === true) terminal.note(outcome.sql);
    if (options.explain === true) terminal.note(readingText(outcome.reading));
    for (const table of [outcome.table, ...outcome.more]) terminal.out(resultText(table, format, terminal.style));
    for (const warning of outcome.warnings) terminal.note(`warning: ${warning}`);
    const empty = outcome.tables.filter((name) => !stored.has(name));
    if (stored.size > 0 && empty.length > 0) terminal.note(`${empty.join(", ")}: no rows of it are stored here.`);
    if (format === "table") terminal.note(closingLine(outcome, now === "latest"));
    return exitCodes.ok;
  } finally {
    await backend.close();
  }
}

/** Text as the file's encoding has it, UTF-16 too. */
async function textOf(file: string): Promise<string> {
  const { decodeRuleText } = await import("@goshawk/hunt");
  return decodeRuleText(await readFile(file)).text;
}

function closingLine(answer: QueryAnswer, latest: boolean): string {
  const rows = answer.table.rows.length;
  const time = `${Math.round(answer.compileMs + answer.runMs)} ms`;
  const used = latest ? `; now() was ${formatDatetime(answer.now)}, the newest event read` : "";
  return `${rows} ${rows === 1 ? "row" : "rows"} in ${time}${used}`;
}

function timeout(options: QueryOptions): { readonly timeoutMs?: number } {
  if (options.timeout === undefined) return {};
  const seconds = Number(options.timeout);
  if (!(seconds > 0)) throw new UsageError(`--timeout '${options.timeout}' is no number of seconds`);
  return { timeoutMs: seconds * 1000 };
}

interface BatchLine {
  readonly id: unknown;
  readonly query: string;
  readonly now?: string;
}

/** NDJSON in, NDJSON out, in order; one bad line or query never stops the others. */
async function batch(path: string, options: QueryOptions, terminal: Terminal): Promise<ExitCode> {
  const input = path === "-" ? process.stdin : createReadStream(path, "utf8");
  const outside = await loadOutside(options, options.store, terminal);
  const { backend } = openBackend(await openTables(options.store, options.parquet ?? [], terminal), outside);
  try {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      if (line.trim() !== "")
        terminal.out(`${forJson(JSON.stringify(await batchAnswer(line, options, backend, terminal.signal)))}\n`);
    }
    return exitCodes.ok;
  } finally {
    await backend.close();
  }
}

async function batchAnswer(
  line: string,
  options: QueryOptions,
  backend: Backend,
  signal: AbortSignal,
): Promise<object> {
  let id: unknown = null;
  try {
    const request = readLine(line);
    id = request.id;
    const outcome = await backend.query(
      { text: request.query, now: nowOption(request.now ?? options.now), ...timeout(options) },
      signal,
    );
    return { id, ...answerBody(outcome) };
  } catch (error) {
    const code = error instanceof BackendError ? error.kind : error instanceof UsageError ? "usage" : "internal";
    const message = error instanceof Error ? error.message : String(error);
    return { id, error: { code, message, start: 0, length: 0 } };
  }
}

function readLine(line: string): BatchLine {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    throw new UsageError('the line is no JSON; expected {"id": …, "query": "…"}');
  }
  const { id = null, query, now } = (parsed ?? {}) as { id?: unknown; query?: unknown; now?: unknown };
  if (typeof query !== "string") throw new UsageError('the line has no "query" text');
  return { id, query, ...(typeof now === "string" ? { now } : {}) };
}

function answerBody(outcome: QueryOutcome): object {
  if (outcome.ok) {
    const { columns, rows } = outcome.table;
    return { columns: columns.map((column) => column.name), types: columns.map((column) => column.type), rows };
  }
  const [first] = outcome.diagnostics;
  const { start = 0, end = 0 } = first?.span ?? {};
  return { error: { code: first?.code ?? "unknown", message: first?.message ?? "", start, length: end - start } };
}
