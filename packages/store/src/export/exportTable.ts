import { link, mkdtemp, rename, rm, stat } from "node:fs/promises";
import { availableParallelism, totalmem } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { type DuckDBConnection, type DuckDBValue, Session } from "@goshawk/engine/duckdb";
import { type CompiledQuery, type Diagnostic, formatDatetime, quoteIdentifier, quoteText } from "@goshawk/kql";
import * as schemas from "../schemas.ts";
import { syncPath } from "../store/files.ts";
import type { StoredTable } from "../store/snapshot.ts";
import type { Store } from "../store/store.ts";
import { type ExportColumn, exportColumns, placeName } from "./columns.ts";
import { csvLines, jsonLines, type Lines } from "./lines.ts";
import { parquetSql, timeForms } from "./parquet.ts";

export const exportFormats = ["parquet", "csv", "ndjson"] as const;
export type ExportFormat = (typeof exportFormats)[number];

export interface ExportOptions {
  readonly store: Store;
  readonly table: string;
  readonly format: ExportFormat;
  /** The file to make. */
  readonly path: string;
  /** Put it in the place of a file that is there. */
  readonly force?: boolean;
  /** A condition in KQL that rows have to meet. */
  readonly where?: string;
  /** Ticks: events from this one on, and before that one. */
  readonly from?: bigint;
  readonly to?: bigint;
  /** Ticks of `now()` in the condition. */
  readonly now: bigint;
  /** CSV only: texts stay as they are, even those that a spreadsheet would run as formulas. */
  readonly exact?: boolean;
  readonly signal?: AbortSignal;
  /** Bytes written so far, now and then. */
  readonly onProgress?: (bytes: number) => void;
}

export type ExportOutcome =
  | { readonly ok: true; readonly rows: number; readonly bytes: number; readonly notes: readonly string[] }
  | { readonly ok: false; readonly text: string; readonly diagnostics: readonly Diagnostic[] };

/** What was asked for can't be done; the message says what to do instead. */
export class ExportError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "ExportError";
  }
}

const PROGRESS_MS = 500;

/** Writes the rows of a table into one file, which is there whole or not at all. */
export async function exportTable(options: ExportOptions): Promise<ExportOutcome> {
  const path = resolve(options.path);
  await expectFree(path, options);
  const { snapshot, release } = await options.store.read();
  try {
    const table = snapshot.tables.find((one) => one.name === options.table);
    if (table === undefined) throw new ExportError(notStored(options.table, snapshot.tables));
    return await exportStored(table, path, options);
  } finally {
    await release();
  }
}

async function expectFree(path: string, { force }: ExportOptions): Promise<void> {
  const there = await stat(path).catch(() => undefined);
  if (there?.isDirectory() === true) throw new ExportError(`${path} is a folder; name a file in it`);
  if (there !== undefined && force !== true)
    throw new ExportError(`${path} is there already; --force puts the export in its place`);
  const folder = dirname(path);
  if ((await stat(folder).catch(() => undefined))?.isDirectory() !== true)
    throw new ExportError(`there is no folder ${folder}; make it first`);
}

function notStored(name: string, tables: readonly StoredTable[]): string {
  const alike = tables.find((table) => table.name.toLowerCase() === name.toLowerCase());
  const next = alike === undefined ? "'goshawk store' lists the tables" : `there is a table ${alike.name}`;
  return `no rows of a table ${name} are stored; ${next}`;
}

async function exportStored(table: StoredTable, path: string, options: ExportOptions): Promise<ExportOutcome> {
  const text = queryText(table, options);
  // A folder of its own, so that SQL can write nowhere else.
  const work = await mkdtemp(join(dirname(path), `.${basename(path)}.`));
  const session = await Session.open({
    schemas,
    tables: [table],
    folders: [`${options.store.folder}/`, `${work}/`],
    tempFolder: work,
    memoryLimit: `${Math.floor(Math.min(totalmem() / 2, 4 * 2 ** 30) / 2 ** 20)}MB`,
    threads: availableParallelism(),
  });
  const stop = (): void => session.interrupt();
  options.signal?.addEventListener("abort", stop);
  const part = join(work, "part");
  const watch = setInterval(() => {
    stat(part).then(
      ({ size }) => options.onProgress?.(size),
      () => undefined,
    );
  }, PROGRESS_MS);
  try {
    options.signal?.throwIfAborted();
    const outcome = await session.around({ text, now: options.now }, (query, connection) =>
      copy(query, part, options, connection),
    );
    if (!outcome.ok) return { ...outcome, text };
    const { size } = await stat(part);
    await putInPlace(part, path, options);
    return { ok: true, bytes: size, ...outcome.result };
  } finally {
    clearInterval(watch);
    options.signal?.removeEventListener("abort", stop);
    session.close();
    await rm(work, { recursive: true, force: true });
  }
}

/** The stored columns, each once, of the rows that are wanted. */
function queryText(table: StoredTable, { where, from, to }: ExportOptions): string {
  const seen = new Set<string>();
  const columns = table.columns.filter(({ physical }) => !seen.has(physical) && seen.add(physical));
  const bounds = [
    ...(from === undefined ? [] : [`>= datetime(${formatDatetime(from)})`]),
    ...(to === undefined ? [] : [`< datetime(${formatDatetime(to)})`]),
  ];
  const time = table.eventTime;
  if (bounds.length > 0 && time === undefined)
    throw new ExportError(`${table.name} has no Timestamp or TimeGenerated for --from and --to; say it with --where`);
  return [
    kqlName(table.name),
    ...bounds.map((bound) => `where ${kqlName(time ?? "")} ${bound}`),
    ...(where === undefined ? [] : [`where (${where}\n)`]),
    `project ${columns.map((column) => kqlName(column.name)).join(", ")}`,
  ].join("\n| ");
}

function kqlName(name: string): string {
  return `['${name.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}']`;
}

async function copy(
  query: CompiledQuery,
  path: string,
  options: ExportOptions,
  connection: DuckDBConnection,
): Promise<{ readonly rows: number; readonly notes: readonly string[] }> {
  const columns = exportColumns(query.columns);
  const names = columns.map((_, place) => quoteIdentifier(placeName(place)));
  const input = `select * from (${query.sql}) as answer(${names.join(", ")})`;
  const parameters = query.parameters as readonly DuckDBValue[];
  const notes: string[] = [];
  let sql: string;
  if (options.format === "parquet") {
    const forms = await timeForms(input, parameters, columns, connection);
    notes.push(...timeNotes(columns, forms));
    sql = `copy (${parquetSql(input, columns, forms)}) to ${quoteText(path)} (format parquet, compression zstd)`;
  } else
    sql = copyLines(
      options.format === "csv"
        ? csvLines(input, columns, { exact: options.exact === true })
        : jsonLines(input, columns),
      path,
    );
  const reader = await connection.runAndReadAll(sql, [...parameters]);
  return { rows: Number(reader.getRows()[0]?.[0] ?? 0), notes };
}

/** Lines are written as they are: nothing is quoted, and the first one is the name of their column. */
function copyLines({ sql, head }: Lines, path: string): string {
  const named = `select line as ${quoteIdentifier(head ?? "line")} from (${sql}) as lines(line)`;
  const options = `format csv, header ${head !== undefined}, quote '', escape '', delimiter '\u0001'`;
  return `copy (${named}) to ${quoteText(path)} (${options})`;
}

function timeNotes(columns: readonly ExportColumn[], forms: Awaited<ReturnType<typeof timeForms>>): readonly string[] {
  return columns.flatMap(({ name, sql }) => {
    switch (forms.get(sql)) {
      case "nanoseconds":
        return [`${name} is a timestamp of nanoseconds in UTC, because some values have seven digits`];
      case "text":
        return [`${name} is text, because no timestamp of Parquet holds all of its values exactly`];
      default:
        return [];
    }
  });
}

async function putInPlace(part: string, path: string, { force }: ExportOptions): Promise<void> {
  await syncPath(part);
  if (force === true) await rename(part, path);
  else
    await link(part, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "EEXIST")
        throw new ExportError(`${path} was made by somebody else meanwhile; it was left as it is`);
      throw error;
    });
  await syncPath(dirname(path));
}
