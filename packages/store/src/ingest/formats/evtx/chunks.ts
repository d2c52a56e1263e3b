import { open } from "node:fs/promises";
import { crc32 } from "node:zlib";

const FILE_HEADER = 4096;
const CHUNK = 65_536;
const CHUNK_HEADER = 512;
const MAGIC = "ElfChnk\0";

/** A piece of an event log that holds records, and what is wrong with it. */
export interface LogChunk {
  /** From 0. */
  readonly index: number;
  readonly bytes: Buffer;
  /** Where its records end, as its header says. */
  readonly end: number;
  /** Numbers of its records, as its header says. */
  readonly declared: number;
  readonly damage?: string;
}

/** Damage that leaves nothing to read in a piece. */
export interface LostChunk {
  readonly index: number;
  readonly lost: string;
}

/** The pieces of an EVTX file up to its end, whatever its header says: a log in use has a stale one. */
export async function* chunksOf(path: string, signal?: AbortSignal): AsyncGenerator<LogChunk | LostChunk> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const used = await usedChunks(file);
    for (let index = 0; FILE_HEADER + index * CHUNK < size; index++) {
      signal?.throwIfAborted();
      const { buffer, bytesRead } = await file.read(Buffer.alloc(CHUNK), 0, CHUNK, FILE_HEADER + index * CHUNK);
      const found = chunkOf(index, buffer.subarray(0, bytesRead), index < used);
      if (found !== undefined) yield found;
    }
  } finally {
    await file.close();
  }
}

async function usedChunks(file: Awaited<ReturnType<typeof open>>): Promise<number> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(128), 0, 128, 0);
  return bytesRead < 128 ? 0 : buffer.readUInt16LE(42);
}

/** Space that was never used, or is of no use any more, is not worth a word. */
function chunkOf(index: number, bytes: Buffer, used: boolean): LogChunk | LostChunk | undefined {
  if (bytes.subarray(0, 8).toString("latin1") !== MAGIC) {
    if (!used || !bytes.subarray(8).some((value) => value !== 0)) return undefined;
    return { index, lost: "it does not begin as a chunk does" };
  }
  if (bytes.length < CHUNK_HEADER) return { index, lost: "the file ends in its header" };
  const end = Math.min(bytes.readUInt32LE(48), CHUNK);
  const first = bytes.readBigUInt64LE(8);
  const last = bytes.readBigUInt64LE(16);
  const declared = last >= first && last - first < BigInt(CHUNK) ? Number(last - first) + 1 : 0;
  const damage = damageOf(bytes, end);
  const whole = bytes.length === CHUNK ? bytes : Buffer.concat([bytes, Buffer.alloc(CHUNK - bytes.length)]);
  return { index, bytes: whole, end, declared, ...(damage === undefined ? {} : { damage }) };
}

function damageOf(bytes: Buffer, end: number): string | undefined {
  if (bytes.length < end) return "the file ends in it";
  const header = crc32(bytes.subarray(128, CHUNK_HEADER), crc32(bytes.subarray(0, 120)));
  if (header !== bytes.readUInt32LE(124)) return "the check sum of its header is wrong";
  return crc32(bytes.subarray(CHUNK_HEADER, end)) === bytes.readUInt32LE(52)
    ? undefined
    : "the check sum of its records is wrong";
}
