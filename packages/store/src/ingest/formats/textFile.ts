import { isUtf8 } from "node:buffer";
import { createReadStream, createWriteStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { byteLines } from "./byteLines.ts";

/** UTF-16 by its mark, or by the zero bytes of its first characters. */
export function utf16Of(head: Buffer): "utf-16le" | "utf-16be" | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  const zero = (at: number): boolean => head[at] === 0;
  if (head.length < 4) return undefined;
  if (zero(1) && zero(3) && !zero(0) && !zero(2)) return "utf-16le";
  return zero(0) && zero(2) && !zero(1) && !zero(3) ? "utf-16be" : undefined;
}

/** The same text as a UTF-8 file in the work folder. */
export async function transcoded(path: string, encoding: string, workFolder: string): Promise<string> {
  const target = join(workFolder, `${encoding}.txt`);
  const decoder = new TextDecoder(encoding);
  await pipeline(
    createReadStream(path, { highWaterMark: 2 ** 18 }),
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
      yield decoder.decode();
    },
    createWriteStream(target),
  );
  return target;
}

/** A file that is no UTF-8, taken for Windows-1252 as Excel saves it; undefined when it is UTF-8. */
export async function asUtf8(path: string, workFolder: string): Promise<string | undefined> {
  for await (const line of byteLines(path)) {
    if (!isUtf8(Buffer.from(line, "latin1"))) return transcoded(path, "windows-1252", workFolder);
  }
  return undefined;
}

const MARK = 3;

/** The file without its UTF-8 byte order mark, which readers of JSON take for garbage. */
export async function withoutMark(path: string, workFolder: string): Promise<string> {
  const target = join(workFolder, "unmarked.txt");
  await pipeline(createReadStream(path, { start: MARK }), createWriteStream(target));
  return target;
}
