import { createReadStream, createWriteStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { join } from "node:path";
import { type Readable, Transform, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { constants, createGunzip } from "node:zlib";
import { extract } from "tar-stream";
import yauzl from "yauzl";

/** A file to read rows from: itself, or a member of an archive, unpacked. */
export interface Member {
  /** The unpacked file. */
  readonly path: string;
  /** Its name in the archive; absent for the file itself. */
  readonly name?: string;
  /** What the file's name says to table detection. */
  readonly title: string;
  readonly wrapping: readonly string[];
  readonly notes: readonly string[];
}

const MAX_DEPTH = 3;
/** An archive may not unpack to more than this many times its size (and 1 GiB at least is always let through). */
const MAX_RATIO = 200;
const ALWAYS_ALLOWED = 2 ** 30;

/** What one ingested file may still unpack to, archives in archives included. */
interface Budget {
  readonly folder: string;
  readonly signal: AbortSignal | undefined;
  readonly allowed: number;
  left: number;
  files: number;
}

/** Takes gzip, zip and tar off a file, in any order; what is unpacked stands in `folder`. */
export async function membersOf(
  path: string,
  title: string,
  folder: string,
  signal?: AbortSignal,
): Promise<readonly Member[]> {
  const allowed = Math.max(ALWAYS_ALLOWED, (await stat(path)).size * MAX_RATIO);
  return unwrap(path, title, { folder, signal, allowed, left: allowed, files: 0 }, []);
}

async function unwrap(
  path: string,
  title: string,
  budget: Budget,
  wrapping: readonly string[],
): Promise<readonly Member[]> {
  const kind = await wrappingOf(path);
  if (kind === undefined) return [{ path, title, wrapping, notes: [] }];
  if (wrapping.length >= MAX_DEPTH)
    throw new Error(`more than ${MAX_DEPTH} archives stand inside each other; unpack it first`);
  const inside = [...wrapping, kind];
  if (kind === "gzip") return gunzip(path, title, budget, inside);
  const files = kind === "zip" ? await unzip(path, budget) : await untar(path, budget);
  const members: Member[] = [];
  for (const file of files) {
    const found = await unwrap(file.path, file.name, budget, inside);
    members.push(...found.map((member) => ({ ...member, name: member.name ?? file.name })));
  }
  return members;
}

async function wrappingOf(path: string): Promise<"gzip" | "zip" | "tar" | undefined> {
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(512), 0, 512, 0);
    if (bytesRead > 2 && buffer[0] === 0x1f && buffer[1] === 0x8b) return "gzip";
    if (bytesRead > 4 && buffer.readUInt32LE(0) === 0x04034b50) return "zip";
    return buffer.subarray(257, 262).toString("latin1") === "ustar" ? "tar" : undefined;
  } finally {
    await file.close();
  }
}

function freshPath(budget: Budget): string {
  budget.files++;
  return join(budget.folder, `unpacked-${budget.files}`);
}

/** A gzip that was cut off gives what it has; a note says so. */
async function gunzip(
  path: string,
  title: string,
  budget: Budget,
  wrapping: readonly string[],
): Promise<readonly Member[]> {
  const target = freshPath(budget);
  const before = budget.left;
  let damage: string | undefined;
  try {
    await pipeline(
      createReadStream(path),
      createGunzip({ finishFlush: constants.Z_SYNC_FLUSH }),
      limited(budget),
      createWriteStream(target),
      pipelineOptions(budget),
    );
    damage = await endsEarly(path, before - budget.left);
  } catch (error) {
    if (error instanceof TooLargeError || budget.signal?.aborted === true) throw error;
    damage = error instanceof Error ? error.message : String(error);
  }
  const notes =
    damage === undefined
      ? []
      : [`the gzip is cut off or damaged (${damage}); what came before was read; fetch it again`];
  const inner = await unwrap(target, title.replace(/\.gz$/i, ""), budget, wrapping);
  return inner.map((member) => ({ ...member, notes: [...notes, ...member.notes] }));
}

/** The last four bytes hold the unpacked size, save in a gzip of several parts: that one is read once more, strictly. */
async function endsEarly(path: string, size: number): Promise<string | undefined> {
  const file = await open(path, "r");
  try {
    const { size: packed } = await file.stat();
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, Math.max(0, packed - 4));
    if (buffer.readUInt32LE(0) === size % 2 ** 32) return undefined;
  } finally {
    await file.close();
  }
  const nothing = new Writable({ write: (_chunk, _encoding, done) => done() });
  try {
    await pipeline(createReadStream(path), createGunzip(), nothing);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

class TooLargeError extends Error {}

function pipelineOptions(budget: Budget): { readonly signal?: AbortSignal } {
  return budget.signal === undefined ? {} : { signal: budget.signal };
}

/** Passes bytes on up to a limit, so that a small archive can't fill the disk. */
function limited(budget: Budget): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      budget.left -= chunk.length;
      if (budget.left >= 0) done(null, chunk);
      else
        done(
          new TooLargeError(
            `the archive unpacks to more than ${budget.allowed} bytes; unpack it yourself if you trust it`,
          ),
        );
    },
  });
}

interface Unpacked {
  readonly name: string;
  readonly path: string;
}

async function unzip(path: string, budget: Budget): Promise<readonly Unpacked[]> {
  const zip = await new Promise<yauzl.ZipFile>((resolve, reject) =>
    yauzl.open(path, { lazyEntries: true }, (error, file) => (error === null ? resolve(file) : reject(error))),
  );
  const files: Unpacked[] = [];
  for (let entry = await nextEntry(zip); entry !== undefined; entry = await nextEntry(zip)) {
    if (/\/$/.test(entry.fileName) || /(^|\/)(\.|__MACOSX)/.test(entry.fileName)) continue;
    const target = freshPath(budget);
    await pipeline(await entryStream(zip, entry), limited(budget), createWriteStream(target), pipelineOptions(budget));
    files.push({ name: entry.fileName, path: target });
  }
  return files;
}

function nextEntry(zip: yauzl.ZipFile): Promise<yauzl.Entry | undefined> {
  return new Promise((resolve, reject) => {
    const done = (): void => {
      zip.removeListener("entry", found);
      zip.removeListener("end", ended);
      zip.removeListener("error", failed);
    };
    const found = (entry: yauzl.Entry): void => {
      done();
      resolve(entry);
    };
    const ended = (): void => {
      done();
      resolve(undefined);
    };
    const failed = (error: Error): void => {
      done();
      reject(error);
    };
    zip.once("entry", found).once("end", ended).once("error", failed);
    zip.readEntry();
  });
}

function entryStream(zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<Readable> {
  return new Promise((resolve, reject) =>
    zip.openReadStream(entry, (error, stream) => (error === null ? resolve(stream) : reject(error))),
  );
}

async function untar(path: string, budget: Budget): Promise<readonly Unpacked[]> {
  const files: Unpacked[] = [];
  const reader = extract();
  const input = createReadStream(path);
  input.once("error", (error) => reader.destroy(error));
  input.pipe(reader);
  for await (const entry of reader) {
    if (entry.header.type !== "file") {
      entry.resume();
      continue;
    }
    const target = freshPath(budget);
    await pipeline(entry as unknown as Readable, limited(budget), createWriteStream(target), pipelineOptions(budget));
    files.push({ name: entry.header.name, path: target });
  }
  return files;
}
