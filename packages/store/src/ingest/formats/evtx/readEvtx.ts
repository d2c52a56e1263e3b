import { once } from "node:events";
import { createWriteStream } from "node:fs";
import type { Problem } from "../../../store/receipt.ts";
import { readBinXml } from "./binXml.ts";
import { chunksOf, type LogChunk } from "./chunks.ts";
import { normalEvent } from "./event.ts";
import { fileTime } from "./values.ts";

const FIRST_RECORD = 512;
const RECORD_HEADER = 24;
const RECORD_MAGIC = 0x2a2a;
/** What is wrong is held in memory. */
const MOST = 100_000;

/** What could be read of an event log. */
export interface EvtxFacts {
  readonly records: number;
  readonly rejected: readonly Problem[];
  readonly problems: readonly Problem[];
}

/** Writes the records of an EVTX file as JSON lines of `NormalEvent`; a damaged chunk costs what can't be read of it. */
export async function readEvtx(path: string, target: string, signal?: AbortSignal): Promise<EvtxFacts> {
  const out = createWriteStream(target);
  const rejected: Problem[] = [];
  const problems: Problem[] = [];
  let records = 0;
  try {
    for await (const chunk of chunksOf(path, signal)) {
      if ("lost" in chunk) {
        problems.push({ message: `chunk ${chunk.index} of the log is lost: ${chunk.lost}` });
        continue;
      }
      const read = readChunk(chunk, records);
      records += read.count;
      rejected.push(...read.rejected);
      if (chunk.damage !== undefined || read.count < chunk.declared)
        problems.push({ message: loss(chunk, read.count) });
      if (rejected.length + problems.length > MOST) throw new Error(`more than ${MOST} records are damaged`);
      if (read.lines.length > 0 && !out.write(read.lines.join(""))) await once(out, "drain");
    }
  } finally {
    out.end();
    await once(out, "close");
  }
  return { records, rejected, problems };
}

function loss(chunk: LogChunk, count: number): string {
  const reason = chunk.damage ?? "a record in it is damaged";
  const of = chunk.declared > count ? ` of its ${chunk.declared}` : "";
  return `chunk ${chunk.index} of the log is damaged: ${reason}; ${count}${of} records could be read`;
}

interface ReadChunk {
  readonly lines: readonly string[];
  readonly count: number;
  readonly rejected: readonly Problem[];
}

function readChunk(chunk: LogChunk, before: number): ReadChunk {
  const { bytes, end } = chunk;
  const shared = { bytes, templates: new Map() };
  const lines: string[] = [];
  const rejected: Problem[] = [];
  let count = 0;
  for (let at = FIRST_RECORD; at + RECORD_HEADER <= end && bytes.readUInt32LE(at) === RECORD_MAGIC; ) {
    const size = bytes.readUInt32LE(at + 4);
    if (size < RECORD_HEADER || at + size > bytes.length) break;
    count++;
    const line = before + count;
    try {
      const written = fileTime(bytes.readBigUInt64LE(at + 16));
      const event = normalEvent(readBinXml(shared, at + RECORD_HEADER), line, written);
      lines.push(`${JSON.stringify(event)}\n`);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const message = `record ${bytes.readBigUInt64LE(at + 8)} can't be read: ${reason}`;
      rejected.push({ line, message, text: bytes.subarray(at, at + size).toString("base64") });
    }
    at += size;
  }
  return { lines, count, rejected };
}
