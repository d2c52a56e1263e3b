import { randomBytes } from "node:crypto";
import { availableParallelism, totalmem } from "node:os";
import { dirname, resolve } from "node:path";
import { type Database, openDatabase, registerHostFunctions } from "@goshawk/engine/duckdb";
import { sha256Of } from "../store/files.ts";
import type { Receipt } from "../store/receipt.ts";
import type { Store } from "../store/store.ts";
import type { StoreWriter } from "../store/writer.ts";
import { ingestFile } from "./ingestFile.ts";
import { inTurns } from "./inTurns.ts";
import { filesAt } from "./paths.ts";

export interface IngestOptions {
  readonly store: Store;
  /** Table for every row, in place of detection. */
  readonly table?: string;
  /** Store a file again that is stored already. */
  readonly again?: boolean;
  /** Zone of times that name none: `UTC`, or an offset such as `+02:00`. */
  readonly timeZone?: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: IngestProgress) => void;
  /** Called once a file's rows are durable. */
  readonly onReceipt?: (receipt: Receipt) => void;
}

export interface IngestProgress {
  readonly path: string;
  /** Files finished, and files found. */
  readonly files: number;
  readonly of: number;
  /** Bytes of the files finished, and of all. */
  readonly bytes: number;
  readonly bytesOf: number;
  readonly rows: number;
}

export interface FailedFile {
  readonly path: string;
  /** What stands in the way, where, and the next move. */
  readonly message: string;
}

export interface IngestReport {
  readonly stored: readonly Receipt[];
  /** Files stored before, with the receipt of that time. */
  readonly known: readonly { readonly path: string; readonly receipt: Receipt }[];
  readonly failed: readonly FailedFile[];
  /** True when the signal stopped the work; what is in `stored` is stored. */
  readonly interrupted: boolean;
}

/** Stores the rows of files and of all files in folders; a bad file never stops the others. */
export async function ingest(paths: readonly string[], options: IngestOptions): Promise<IngestReport> {
  const offsetTicks = offsetOf(options.timeZone ?? "UTC");
  const { files, missing } = await filesAt(paths);
  const bytesOf = files.reduce((sum, file) => sum + file.bytes, 0);
  return options.store.write(async (writer) => {
    const database = await openIngestDatabase(
      files.map((file) => file.path),
      options.store.folder,
      writer.workFolder,
    );
    const stored: Receipt[] = [];
    const known: { readonly path: string; readonly receipt: Receipt }[] = [];
    const failed: FailedFile[] = [...missing];
    let bytes = 0;
    let done = 0;
    const goesOn = (): boolean => options.signal?.aborted !== true;
    try {
      await inTurns(files, filesAtOnce(), goesOn, async (file, turn) => {
        const rows = stored.reduce((sum, receipt) => sum + receipt.rows, 0);
        options.onProgress?.({ path: file.path, files: done, of: files.length, bytes, bytesOf, rows });
        await ingestOne(file.path, writer, database, { ...options, offsetTicks, turn }, { stored, known, failed });
        bytes += file.bytes;
        done++;
      });
    } finally {
      database.close();
    }
    return { stored, known, failed, interrupted: options.signal?.aborted === true };
  });
}

interface Tally {
  readonly stored: Receipt[];
  readonly known: { readonly path: string; readonly receipt: Receipt }[];
  readonly failed: FailedFile[];
}

async function ingestOne(
  path: string,
  writer: StoreWriter,
  database: Database,
  options: IngestOptions & { readonly offsetTicks: bigint; readonly turn: Promise<void> },
  tally: Tally,
): Promise<void> {
  try {
    const sha256 = await sha256Of(path, options.signal);
    const before = (content?: string): Receipt | undefined =>
      options.again === true ? undefined : (writer.known(sha256) ?? writer.known(content ?? sha256));
    const id = `${sha256.slice(0, 12)}-${randomBytes(3).toString("hex")}`;
    const told = before() ?? (await ingestFile({ path, id, sha256, writer, database, before, ...options }));
    if (told.id !== id) {
      await options.turn;
      tally.known.push({ path, receipt: told });
      return;
    }
    tally.stored.push(told);
    options.onReceipt?.(told);
  } catch (error) {
    if (options.signal?.aborted === true) return;
    await options.turn;
    tally.failed.push({ path, message: error instanceof Error ? error.message : String(error) });
  }
}

/** One file's rows are numbered in one thread, so several files keep the others busy. */
function filesAtOnce(): number {
  return Math.min(4, availableParallelism());
}

async function openIngestDatabase(files: readonly string[], store: string, workFolder: string): Promise<Database> {
  const folders = [...new Set([store, ...files.map((file) => dirname(resolve(file)))])].map((folder) => `${folder}/`);
  const database = await openDatabase({
    folders,
    tempFolder: workFolder,
    memoryLimit: `${Math.floor(Math.min(totalmem() / 2, 3 * 2 ** 30) / 2 ** 20)}MB`,
    threads: availableParallelism(),
  });
  const connection = await database.connect();
  registerHostFunctions(connection);
  connection.closeSync();
  return database;
}

/** The ticks that a local time is ahead of UTC. */
function offsetOf(zone: string): bigint {
  if (/^(utc|z|gmt)$/i.test(zone)) return 0n;
  const match = /^([-+])(\d{2}):?(\d{2})$/.exec(zone);
  if (match === null)
    throw new RangeError(`the time zone '${zone}' is not known here; give UTC or an offset such as +02:00`);
  const ticks = (BigInt(match[2] ?? "0") * 60n + BigInt(match[3] ?? "0")) * 600_000_000n;
  return match[1] === "-" ? -ticks : ticks;
}
