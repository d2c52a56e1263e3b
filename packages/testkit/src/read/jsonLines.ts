import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";

export interface JsonLine {
  readonly value: unknown;
  /** `file:line`, for messages. */
  readonly place: string;
}

/** Each line of a JSON lines file, gzipped where its name ends in `.gz`; rejects with file and line on bad JSON. */
export async function* jsonLines(path: string): AsyncGenerator<JsonLine> {
  let number = 0;
  for await (const line of textLines(path)) {
    number += 1;
    if (line.trim() !== "") yield parsed(line, `${path}:${number}`);
  }
}

function parsed(line: string, place: string): JsonLine {
  try {
    return { value: JSON.parse(line), place };
  } catch (cause) {
    throw new Error(`${place}: not a JSON line`, { cause });
  }
}

/** Splits at line feeds only: node:readline would also cut a JSON string in two at a raw U+2028. */
async function* textLines(path: string): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of chunksOf(path)) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest !== "") yield rest;
}

async function* chunksOf(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const chunk of bytesOf(path)) yield decoder.decode(chunk as Uint8Array, { stream: true });
  } catch (cause) {
    throw new Error(`${path}: cannot be read to its end (${(cause as Error).message})`, { cause });
  }
}

function bytesOf(path: string): AsyncIterable<unknown> {
  const file = createReadStream(path);
  if (!path.endsWith(".gz")) return file;
  const unzip = createGunzip();
  file.once("error", (error) => unzip.destroy(error));
  return file.pipe(unzip);
}
