import { createReadStream, createWriteStream } from "node:fs";
import { open, rm, stat } from "node:fs/promises";
import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { constants, createGunzip, createInflateRaw } from "node:zlib";
import { type Budget, freshPath, isFinal, limited, pipelineOptions } from "./budget.ts";

/** Bytes that are unpacked at a time where there is damage: the piece that holds it gives nothing. */
const SMALL = 256;

/** Unpacks a gzip; a damaged one gives what it has, and `damage` says what is wrong. */
export async function gunzip(
  path: string,
  budget: Budget,
): Promise<{ readonly path: string; readonly damage: string | undefined }> {
  const target = freshPath(budget);
  const before = budget.left;
  try {
    await pipeline(
      createReadStream(path),
      createGunzip({ finishFlush: constants.Z_SYNC_FLUSH }),
      limited(budget),
      createWriteStream(target),
      pipelineOptions(budget),
    );
    return { path: target, damage: await endsEarly(path, before - budget.left) };
  } catch (error) {
    if (isFinal(error, budget)) throw error;
    const damage = error instanceof Error ? error.message : String(error);
    const salvaged = await salvage(path, budget);
    if (salvaged === undefined || (await stat(salvaged)).size <= (await stat(target)).size)
      return { path: target, damage };
    await rm(target, { force: true });
    return { path: salvaged, damage };
  }
}

/** The first part once more, in small pieces and without its check sum: what zlib held back when it stopped is in there. */
async function salvage(path: string, budget: Budget): Promise<string | undefined> {
  const start = await bodyStart(path);
  if (start === undefined) return undefined;
  const target = freshPath(budget);
  try {
    await pipeline(
      createReadStream(path, { start, highWaterMark: SMALL }),
      createInflateRaw({ finishFlush: constants.Z_SYNC_FLUSH }),
      limited(budget),
      createWriteStream(target),
      pipelineOptions(budget),
    );
  } catch (error) {
    if (isFinal(error, budget)) throw error;
  }
  return target;
}

const EXTRA = 4;
const NAME = 8;
const COMMENT = 16;
const HEADER_CRC = 2;

/** Where the deflated bytes begin (RFC 1952, 2.3). */
async function bodyStart(path: string): Promise<number | undefined> {
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(65_536), 0, 65_536, 0);
    const head = buffer.subarray(0, bytesRead);
    const flags = head[3] ?? 0;
    let at = 10;
    if (flags & EXTRA) at += 2 + (at + 2 <= head.length ? head.readUInt16LE(at) : 0);
    for (const text of [NAME, COMMENT]) {
      if (!(flags & text)) continue;
      const end = head.indexOf(0, at);
      if (end < 0) return undefined;
      at = end + 1;
    }
    if (flags & HEADER_CRC) at += 2;
    return at < head.length ? at : undefined;
  } finally {
    await file.close();
  }
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
