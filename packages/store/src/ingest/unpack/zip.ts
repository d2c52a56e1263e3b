import { createReadStream, createWriteStream } from "node:fs";
import { open } from "node:fs/promises";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import yauzl from "yauzl";
import type { Archived } from "./archived.ts";
import { type Budget, freshPath, isFinal, limited, pipelineOptions } from "./budget.ts";

/** The files of a zip; one that can't be unpacked stops none of the others. */
export async function unzip(path: string, budget: Budget): Promise<readonly Archived[]> {
  const zip = await openZip(path);
  const files: Archived[] = [];
  const next = async (): Promise<yauzl.Entry | undefined> => {
    try {
      return await nextEntry(zip);
    } catch (error) {
      if (files.length === 0) throw error;
      files.push({ name: "the rest of the zip", failure: error instanceof Error ? error.message : String(error) });
      return undefined;
    }
  };
  for (let entry = await next(); entry !== undefined; entry = await next()) {
    const name = nameOf(entry);
    if (/\/$/.test(name) || /(^|\/)(\.(?!\.?\/)|__MACOSX)/.test(name)) continue;
    const target = freshPath(budget);
    try {
      const content = await entryStream(zip, entry);
      await pipeline(content, limited(budget), createWriteStream(target), pipelineOptions(budget));
      files.push({ name, path: target });
    } catch (error) {
      if (isFinal(error, budget)) throw error;
      files.push({ name, failure: error instanceof Error ? error.message : String(error) });
    }
  }
  return files;
}

/** The name is shown and never a place to write to, so that it may say anything. */
function nameOf(entry: yauzl.Entry): string {
  const name: unknown = entry.fileName;
  return (Buffer.isBuffer(name) ? name.toString("utf8") : entry.fileName).replaceAll("\\", "/");
}

class FileRanges extends yauzl.RandomAccessReader {
  readonly #path: string;

  constructor(path: string) {
    super();
    this.#path = path;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return createReadStream(this.#path, { start, end: end - 1 });
  }
}

async function openZip(path: string): Promise<yauzl.ZipFile> {
  const size = await zipSize(path);
  return new Promise((resolve, reject) =>
    yauzl.fromRandomAccessReader(
      new FileRanges(path),
      size,
      { lazyEntries: true, decodeStrings: false },
      (error, file) => (error === null ? resolve(file) : reject(error)),
    ),
  );
}

const END_RECORD = 22;
const MAX_COMMENT = 65_535;

/** Bytes of the zip itself: some have a line end or more behind them, which the reader takes for a wrong comment. */
async function zipSize(path: string): Promise<number> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const start = Math.max(0, size - END_RECORD - MAX_COMMENT - 1024);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size - start), 0, size - start, start);
    const at = buffer.subarray(0, bytesRead).lastIndexOf("PK\x05\x06", undefined, "latin1");
    if (at < 0 || at + END_RECORD > bytesRead) return size;
    return Math.min(size, start + at + END_RECORD + buffer.readUInt16LE(at + 20));
  } finally {
    await file.close();
  }
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
