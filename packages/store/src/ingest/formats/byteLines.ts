import { createReadStream } from "node:fs";

/** The lines of a file with their line ends, each byte as one character, so that nothing but `\n` ends a line. */
export async function* byteLines(path: string): AsyncGenerator<string> {
  let rest: string[] = [];
  for await (const chunk of createReadStream(path, { encoding: "latin1", highWaterMark: 2 ** 18 })) {
    let from = 0;
    const text = chunk as string;
    for (let to = text.indexOf("\n"); to >= 0; to = text.indexOf("\n", from)) {
      yield rest.join("") + text.slice(from, to + 1);
      rest = [];
      from = to + 1;
    }
    if (from < text.length) rest.push(text.slice(from));
  }
  if (rest.length > 0) yield rest.join("");
}

/** The text that the bytes stand for. */
export function utf8(bytes: string): string {
  return Buffer.from(bytes, "latin1").toString("utf8");
}
