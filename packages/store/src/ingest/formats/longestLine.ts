import { closeSync, fstatSync, openSync, readSync } from "node:fs";

const CHUNK = 2 ** 22;
const LINE_END = 10;

const REMEMBERED = 16;

/** A file is asked about several times while its rows are read. */
const known = new Map<string, number>();

/** Bytes of the longest line of a file, its end included. */
export function longestLine(path: string): number {
  const file = openSync(path, "r");
  try {
    const { size, mtimeMs } = fstatSync(file);
    const name = `${path}\0${size}\0${mtimeMs}`;
    const length = known.get(name) ?? longest(file);
    const [oldest] = known.size < REMEMBERED ? [] : known.keys();
    if (oldest !== undefined) known.delete(oldest);
    known.set(name, length);
    return length;
  } finally {
    closeSync(file);
  }
}

function longest(file: number): number {
  const chunk = Buffer.allocUnsafe(CHUNK);
  let most = 0;
  let running = 0;
  for (let read = readSync(file, chunk, 0, CHUNK, null); read > 0; read = readSync(file, chunk, 0, CHUNK, null)) {
    let from = 0;
    const bytes = chunk.subarray(0, read);
    for (let to = bytes.indexOf(LINE_END); to >= 0; to = bytes.indexOf(LINE_END, from)) {
      most = Math.max(most, running + to + 1 - from);
      running = 0;
      from = to + 1;
    }
    running += read - from;
  }
  return Math.max(most, running);
}
