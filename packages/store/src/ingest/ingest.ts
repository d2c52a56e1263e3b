import { randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { availableParallelism, totalmem } from "node:os";
import { dirname, resolve } from "node:path";
import type { Readable } from "node:stream";
import { type Database, openDatabase, registerHostFunctions } from "@goshawk/engine/duckdb";
import { sha256Of } from "../store/files.ts";
import type { Receipt } from "../store/receipt.ts";
import type { Store } from "../store/store.ts";
import type { StoreWriter } from "../store/writer.ts";
import { ingestFile } from "./ingestFile.ts";
import { inTurns } from "./inTurns.ts";
import { HASHED, meter } from "./meter.ts";
import { type FoundFile, filesAt } from "./paths.ts";
import { STDIN, spooled } from "./stdin.ts";

export interface IngestOptions {
  readonly store: Store;
  /** Table for every row, in place of detection. */
  readonly table?: string;
  /** Store a file again that is stored already. */
  readonly again?: boolean;
  /** Zone of times that name none: `UTC`, or an offset such as `+02:00`. */
  readonly timeZone?: string;
  /** What the path `-` stands for. */
  readonly stdin?: Readable;
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
  /** Bytes whose work is done, those of files in work in part, and of all. */
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
  const { files: found, missing } = await filesAt(paths.filter((path) => path !== STDIN));
  return options.store.write(async (writer) => {
    const files = [
      ...found.filter(({ pipe }) => pipe !== true),
      ...(await pipes(found, options, writer.workFolder)),
      ...(await standardInput(paths, options, writer.workFolder)),
    ];
    const bytesOf = files.reduce((sum, file) => sum + file.bytes, 0);
    const database = await openIngestDatabase(
      files.map((file) => file.path),
      options.store.folder,
      writer.workFolder,
    );
    const tally: Tally = { stored: [], known: [], failed: [...missing] };
    const work = meter();
    let done = 0;
    const goesOn = (): boolean => options.signal?.aborted !== true;
    try {
      await inTurns(files, filesAtOnce(), goesOn, async (file, turn) => {
        const onShare = (share: number): void => {
          work.set(file.path, file.bytes, share);
          const rows = tally.stored.reduce((sum, receipt) => sum + receipt.rows, 0);
          const path = file.shown ?? file.path;
          options.onProgress?.({ path, files: done, of: files.length, bytes: work.done(), bytesOf, rows });
        };
        onShare(0);
        await ingestOne(file, writer, database, { ...options, offsetTicks, turn, onShare }, tally);
        done++;
        onShare(1);
      });
    } finally {
      database.close();
    }
    return { ...tally, interrupted: options.signal?.aborted === true };
  });
}

async function standardInput(
  paths: readonly string[],
  { stdin, signal }: IngestOptions,
  workFolder: string,
): Promise<readonly FoundFile[]> {
  if (!paths.includes(STDIN)) return [];
  if (stdin === undefined) throw new RangeError("standard input was asked for where there is none; give a file");
  return [await spooled(stdin, STDIN, workFolder, signal)];
}

async function pipes(
  found: readonly FoundFile[],
  { signal }: IngestOptions,
  workFolder: string,
): Promise<readonly FoundFile[]> {
  const files: FoundFile[] = [];
  for (const { path, pipe } of found)
    if (pipe === true) files.push(await spooled(createReadStream(path), path, workFolder, signal));
  return files;
}

interface Tally {
  readonly stored: Receipt[];
  readonly known: { readonly path: string; readonly receipt: Receipt }[];
  readonly failed: FailedFile[];
}

interface OneFileOptions extends IngestOptions {
  readonly offsetTicks: bigint;
  readonly turn: Promise<void>;
  readonly onShare: (share: number) => void;
}

async function ingestOne(
  file: FoundFile,
  writer: StoreWriter,
  database: Database,
  options: OneFileOptions,
  tally: Tally,
): Promise<void> {
  const { path, shown = path } = file;
  try {
    const before = await markOf(path);
    const sha256 = await sha256Of(path, options.signal, (read) =>
      options.onShare((HASHED * read) / Math.max(read, file.bytes)),
    );
    const known = (content?: string): Receipt | undefined =>
      options.again === true ? undefined : (writer.known(sha256) ?? writer.known(content ?? sha256));
    const id = `${sha256.slice(0, 12)}-${randomBytes(3).toString("hex")}`;
    const unchanged = async (): Promise<void> => {
      if ((await markOf(path)) !== before)
        throw new Error(
          "it changed while it was read, so nothing of it was stored; ingest it when it is whole, or a copy",
        );
    };
    const job = { path, shown, id, sha256, writer, database, before: known, unchanged, ...options };
    const told = known() ?? (await ingestFile(job));
    if (told.id !== id) {
      await options.turn;
      tally.known.push({ path: shown, receipt: told });
      return;
    }
    tally.stored.push(told);
    options.onReceipt?.(told);
  } catch (error) {
    if (options.signal?.aborted === true) return;
    await options.turn;
    tally.failed.push({ path: shown, message: error instanceof Error ? error.message : String(error) });
  }
}

/** What differs once somebody has written into a file. */
async function markOf(path: string): Promise<string> {
  const { ino, size, mtimeMs } = await stat(path);
  return `${ino} ${size} ${mtimeMs}`;
}

/** The engine's share: what is resident beside it, the parser's and JavaScript's, comes on top. */
const MOST_MEMORY = 1280 * 2 ** 20;

/** One file's rows are numbered in one thread, so several files keep the others busy. */
function filesAtOnce(): number {
  return Math.min(4, availableParallelism());
}

async function openIngestDatabase(files: readonly string[], store: string, workFolder: string): Promise<Database> {
  const folders = [...new Set([store, ...files.map((file) => dirname(resolve(file)))])].map((folder) => `${folder}/`);
  const database = await openDatabase({
    folders,
    tempFolder: workFolder,
    memoryLimit: `${Math.floor(Math.min(totalmem() / 2, MOST_MEMORY) / 2 ** 20)}MB`,
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
