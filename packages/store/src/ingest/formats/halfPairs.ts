import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Problem } from "../../store/receipt.ts";
import { byteLines } from "./byteLines.ts";

/** A pair of escapes, half of one, or any other escape. */
const escapes = /\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[dD][89a-fA-F][0-9a-fA-F]{2}|\\./g;
const REPLACEMENT = "\\ufffd";

/** The numbers of the lines that are no JSON for the one reason that an escape is half of a UTF-16 pair. */
export function linesOfHalfPairs(rejected: readonly Problem[]): ReadonlySet<number> {
  return new Set(rejected.flatMap(({ line, text }) => (line !== undefined && isHalved(text) ? [line] : [])));
}

function isHalved(text: string | undefined): boolean {
  if (text === undefined || mended(text) === text) return false;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

function mended(text: string): string {
  return text.replace(escapes, (found) => (/^\\u[dD][89a-fA-F]..$/.test(found) ? REPLACEMENT : found));
}

/** A copy of the file, in which those lines, or all, have U+FFFD for each half, as readers of text show it. */
export async function withoutHalfPairs(
  path: string,
  lines: ReadonlySet<number> | "all",
  workFolder: string,
): Promise<{ readonly path: string; readonly changed: number }> {
  const target = join(workFolder, "without-half-pairs");
  let changed = 0;
  const copied = async function* (): AsyncGenerator<Buffer> {
    let line = 0;
    for await (const bytes of byteLines(path)) {
      line++;
      const text = lines === "all" || lines.has(line) ? mended(bytes) : bytes;
      if (text !== bytes) changed++;
      yield Buffer.from(text, "latin1");
    }
  };
  await pipeline(copied(), createWriteStream(target));
  return { path: target, changed };
}
