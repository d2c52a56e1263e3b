import { isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";

/** A text file as UTF-8 without a byte-order mark, and what had to be done for it. */
export interface PlainText {
  readonly path: string;
  readonly notes: readonly string[];
}

const CHUNK = 1 << 20;

/** The file itself where it is plain UTF-8; a copy where it has a mark or is of another encoding. */
export async function plainText(path: string, head: Buffer, workFolder: string): Promise<PlainText> {
  if (head[0] === 0xff && head[1] === 0xfe)
    return recode(path, "utf-16le", "the file is UTF-16 and was read as such", workFolder);
  if (head[0] === 0xfe && head[1] === 0xff)
    return recode(path, "utf-16be", "the file is UTF-16 and was read as such", workFolder);
  if (!(await isAllUtf8(path)))
    return recode(
      path,
      "windows-1252",
      "the file is not UTF-8 and was read as Windows-1252; check its letters outside ASCII",
      workFolder,
    );
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return recode(path, "utf-8", undefined, workFolder);
  return { path, notes: [] };
}

/** Chunks are cut at line ends, so that no character is cut in two. */
async function isAllUtf8(path: string): Promise<boolean> {
  let rest = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK })) {
    const whole = Buffer.concat([rest, chunk as Buffer]);
    const cut = whole.lastIndexOf(0x0a) + 1;
    if (!isUtf8(whole.subarray(0, cut))) return false;
    rest = whole.subarray(cut);
  }
  return isUtf8(rest);
}

let serial = 0;

async function recode(
  path: string,
  encoding: string,
  note: string | undefined,
  workFolder: string,
): Promise<PlainText> {
  serial++;
  const target = join(workFolder, `recoded-${serial}`);
  const decoder = new TextDecoder(encoding);
  const out = await open(target, "w");
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK }))
      await out.write(decoder.decode(chunk as Buffer, { stream: true }));
    await out.write(decoder.decode());
  } finally {
    await out.close();
  }
  return { path: target, notes: note === undefined ? [] : [note] };
}
