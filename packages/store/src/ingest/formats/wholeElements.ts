import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import { join } from "node:path";
import { finished } from "node:stream/promises";

const OPEN = new Set(["{", "["]);
const CLOSE = new Set(["}", "]"]);

/** Keys of an answer's body under which its rows stand. */
const listKeys = new Set(["records", "Records", "results", "Results", "value"]);

export interface WholeElements {
  /** A file with an element a line. */
  readonly path: string;
  readonly count: number;
  /** Where the text ends within its list. */
  readonly line: number;
  readonly column: number;
}

/** The whole elements of a JSON list that is cut off; undefined where no list is open at the end of the file. */
export async function wholeElements(path: string, workFolder: string): Promise<WholeElements | undefined> {
  const target = join(workFolder, "whole-elements");
  const out = createWriteStream(target, { encoding: "latin1" });
  const scan = new ListScan();
  for await (const chunk of createReadStream(path, { encoding: "latin1", highWaterMark: 2 ** 18 })) {
    const lines = scan.read(chunk as string);
    if (lines !== "" && !out.write(lines)) await once(out, "drain");
  }
  out.end();
  await finished(out);
  const { count, line, column } = scan;
  return scan.isOpen && count > 0 ? { path: target, count, line, column } : undefined;
}

/** Goes through the text of a JSON value, a byte a character, and cuts out the elements of its first list of rows. */
class ListScan {
  count = 0;
  line = 1;
  column = 1;
  /** Depth of what the list holds; 0 until the list is found. */
  #inside = 0;
  #depth = 0;
  #quoted = false;
  #escaped = false;
  #text = "";
  #key = "";
  #element = "";
  #closed = false;

  get isOpen(): boolean {
    return this.#inside > 0 && !this.#closed;
  }

  read(chunk: string): string {
    let lines = "";
    for (const char of chunk) {
      this.column = char === "\n" ? 1 : this.column + 1;
      if (char === "\n") this.line++;
      if (!this.#closed) lines += this.#step(char);
    }
    return lines;
  }

  #step(char: string): string {
    if (this.isOpen && this.#depth >= this.#inside) this.#element += char === "\n" || char === "\r" ? " " : char;
    if (this.#quoted) {
      this.#inText(char);
      return "";
    }
    if (char === '"') {
      this.#quoted = true;
      this.#text = "";
    } else if (char === ":") this.#key = this.#text;
    else if (OPEN.has(char)) this.#opens(char);
    else if (CLOSE.has(char)) return this.#closes();
    return "";
  }

  #inText(char: string): void {
    if (this.#escaped) this.#escaped = false;
    else if (char === "\\") this.#escaped = true;
    else if (char === '"') this.#quoted = false;
    else if (this.#inside === 0) this.#text += char;
  }

  #opens(char: string): void {
    const isList = char === "[" && this.#inside === 0;
    this.#depth++;
    if (isList && (this.#depth === 1 || (this.#depth === 2 && listKeys.has(this.#key)))) this.#inside = this.#depth + 1;
    else if (this.#depth === this.#inside) this.#element = char;
  }

  #closes(): string {
    this.#depth--;
    if (this.#inside === 0) return "";
    if (this.#depth === this.#inside - 2) this.#closed = true;
    if (this.#depth !== this.#inside - 1) return "";
    const element = this.#element;
    this.#element = "";
    this.count++;
    return `${element}\n`;
  }
}
