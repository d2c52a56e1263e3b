import { closeSync, createReadStream, createWriteStream, openSync, writeSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
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

/** Takes gzip, zip and tar off a file, in any order. */
export async function membersOf(
  path: string,
  title: string,
  workFolder: string,
  wrapping: readonly string[] = [],
): Promise<readonly Member[]> {
  const kind = await wrappingOf(path);
  if (kind === undefined) return [{ path, title, wrapping, notes: [] }];
  if (wrapping.length >= MAX_DEPTH)
    throw new Error(`more than ${MAX_DEPTH} archives stand inside each other; unpack it first`);
  const inside = [...wrapping, kind];
  if (kind === "gzip") return gunzip(path, title, workFolder, inside);
  const files = kind === "zip" ? await unzip(path, workFolder) : await untar(path, workFolder);
  const members: Member[] = [];
  for (const file of files) {
    const found = await membersOf(file.path, file.name, workFolder, inside);
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

let serial = 0;

function freshPath(workFolder: string): string {
  serial++;
  return join(workFolder, `unpacked-${serial}`);
}

/** A gzip that was cut off or damaged gives all that can be read of it; a note says so. */
async function gunzip(
  path: string,
  title: string,
  workFolder: string,
  wrapping: readonly string[],
): Promise<readonly Member[]> {
  const target = freshPath(workFolder);
  const damage = await inflate(path, target, await unpackLimit(path));
  const notes =
    damage === undefined ? [] : [`the gzip is damaged or cut off (${damage}); what could be read of it was read`];
  const inner = await membersOf(target, title.replace(/\.gz$/i, ""), workFolder, wrapping);
  return inner.map((member) => ({ ...member, notes: [...notes, ...member.notes] }));
}

/** Writes as it comes, so that an error at the end loses nothing; answers with what was wrong. */
async function inflate(path: string, target: string, limit: number): Promise<string | undefined> {
  const out = openSync(target, "w");
  let size = 0;
  try {
    const flate = createGunzip();
    flate.on("error", () => undefined);
    flate.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) flate.destroy(new TooLargeError(tooLarge(limit)));
      else writeSync(out, chunk);
    });
    await pipeline(createReadStream(path), flate);
    return undefined;
  } catch (error) {
    if (error instanceof TooLargeError) throw error;
    return error instanceof Error ? error.message : String(error);
  } finally {
    closeSync(out);
  }
}

function tooLarge(limit: number): string {
  return `the archive unpacks to more than ${limit} bytes; unpack it yourself if you trust it`;
}

class TooLargeError extends Error {}

async function unpackLimit(path: string): Promise<number> {
  const file = await open(path, "r");
  try {
    return Math.max(ALWAYS_ALLOWED, (await file.stat()).size * MAX_RATIO);
  } finally {
    await file.close();
  }
}

/** Passes bytes on up to a limit, so that a small archive can't fill the disk. */
function limited(limit: number): Transform {
  let size = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size <= limit) done(null, chunk);
      else done(new TooLargeError(tooLarge(limit)));
    },
  });
}

interface Unpacked {
  readonly name: string;
  readonly path: string;
}

async function unzip(path: string, workFolder: string): Promise<readonly Unpacked[]> {
  const limit = await unpackLimit(path);
  const zip = await new Promise<yauzl.ZipFile>((resolve, reject) =>
    yauzl.open(path, { lazyEntries: true }, (error, file) => (error === null ? resolve(file) : reject(error))),
  );
  const files: Unpacked[] = [];
  for (let entry = await nextEntry(zip); entry !== undefined; entry = await nextEntry(zip)) {
    if (/\/$/.test(entry.fileName) || /(^|\/)(\.|__MACOSX)/.test(entry.fileName)) continue;
    const target = freshPath(workFolder);
    await pipeline(await entryStream(zip, entry), limited(limit), createWriteStream(target));
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

async function untar(path: string, workFolder: string): Promise<readonly Unpacked[]> {
  const limit = await unpackLimit(path);
  const files: Unpacked[] = [];
  const reader = extract();
  createReadStream(path).pipe(reader);
  for await (const entry of reader) {
    if (entry.header.type !== "file") {
      entry.resume();
      continue;
    }
    const target = freshPath(workFolder);
    await pipeline(entry as unknown as Readable, limited(limit), createWriteStream(target));
    files.push({ name: entry.header.name, path: target });
  }
  return files;
}
