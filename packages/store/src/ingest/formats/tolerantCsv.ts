import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import type { Problem } from "../../store/receipt.ts";
import { byteLines, utf8 } from "./byteLines.ts";
import { type CsvRecord, continueRecord, emptyRecord } from "./csvRecord.ts";
import { UnreadableError } from "./unreadable.ts";

/** A record that goes on for longer has lost its closing quote. */
const MAX_RECORD_BYTES = 2 ** 20;
/** Their text is held in memory. */
const MOST_REJECTED = 100_000;

/** What could be read of a CSV that is not well formed. */
export interface TolerantRows {
  /** JSON lines, `c0`, `c1`, … for the cells. */
  readonly target: string;
  readonly rejected: readonly Problem[];
  readonly problems: readonly Problem[];
}

interface Read {
  /** Line that the record begins in, from 1. */
  readonly line: number;
  readonly raw: string;
  /** Absent when a quote is wrong. */
  readonly cells?: readonly string[];
}

/** Reads record by record; one that can't be read as `width` cells is rejected, with its line and its text. */
export async function readTolerantly(
  path: string,
  { width, delimiter }: { readonly width: number; readonly delimiter: string },
  workFolder: string,
): Promise<TolerantRows> {
  const target = join(workFolder, "tolerant.ndjson");
  const out = createWriteStream(target);
  const rejected: Problem[] = [];
  const problems: Problem[] = [];
  let header = true;
  for await (const { line, raw, cells } of records(path, delimiter)) {
    if (header) header = false;
    else if (raw.trim() === "") continue;
    else if (cells === undefined || cells.slice(width).some((cell) => cell !== ""))
      rejected.push({ line, message: whyRejected(cells, width), text: utf8(raw).replace(/\r?\n$/, "") });
    else {
      if (cells.length < width)
        problems.push({ line, message: `${cells.length} cells where the header has ${width}; the others are empty` });
      const row = Object.fromEntries(cells.slice(0, width).map((cell, index) => [`c${index}`, utf8(cell)]));
      if (!out.write(`${JSON.stringify(row)}\n`)) await once(out, "drain");
    }
    if (rejected.length + problems.length > MOST_REJECTED)
      throw new UnreadableError(`more than ${MOST_REJECTED} lines do not fit the header; export the file again`);
  }
  out.end();
  await once(out, "close");
  return { target, rejected, problems };
}

function whyRejected(cells: readonly string[] | undefined, width: number): string {
  return cells === undefined
    ? "a quote is wrong here or never closes; quote the cell and double the quotes inside it"
    : `${cells.length} cells where the header has ${width}; quote cells that hold a delimiter or a quote`;
}

/** Where a quote is wrong or stays open, the first line is given up and reading goes on with the next. */
async function* records(path: string, delimiter: string): AsyncGenerator<Read> {
  let pending: { readonly line: number; readonly lines: string[]; record: CsvRecord } | undefined;
  let size = 0;
  /** Takes lines in; gives what became of them, and the lines that have to be read once more. */
  function* feed(line: number, text: string): Generator<Read> {
    const queue = [{ line, text }];
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      pending ??= { line: next.line, lines: [], record: emptyRecord };
      const { lines } = pending;
      lines.push(next.text);
      size += next.text.length;
      const record = continueRecord(pending.record, next.text, delimiter);
      if (record !== undefined && record.state !== "within") {
        yield { line: pending.line, raw: lines.join(""), cells: record.cells };
      } else if (record !== undefined && size <= MAX_RECORD_BYTES) {
        pending.record = record;
        continue;
      } else yield* giveUp(queue);
      pending = undefined;
      size = 0;
    }
  }
  function* giveUp(queue: { readonly line: number; readonly text: string }[]): Generator<Read> {
    if (pending === undefined) return;
    const { line, lines } = pending;
    yield { line, raw: lines[0] ?? "" };
    queue.unshift(...lines.slice(1).map((text, index) => ({ line: line + 1 + index, text })));
  }
  let number = 0;
  for await (const text of byteLines(path)) yield* feed(++number, text);
  while (pending !== undefined) {
    const queue: { readonly line: number; readonly text: string }[] = [];
    yield* giveUp(queue);
    pending = undefined;
    size = 0;
    for (const { line, text } of queue) yield* feed(line, text);
  }
}
