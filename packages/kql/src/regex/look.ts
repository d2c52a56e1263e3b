import { membership } from "./sets.ts";
import type { Look } from "./tree.ts";

const isWord = membership({ kind: "named", name: "word", negated: false }, false);
const isAsciiWord = (code: number): boolean => code < 128 && isWord(code);

/** Whether a place of a text, between two characters, is what a pattern looks for. */
export function holds(look: Look, text: string, at: number): boolean {
  switch (look) {
    case "textStart":
      return at === 0;
    case "textEnd":
      return at === text.length;
    case "lineStart":
      return at === 0 || text[at - 1] === "\n";
    case "lineEnd":
      return at === text.length || text[at] === "\n";
    case "crlfStart":
      return at === 0 || text[at - 1] === "\n" || (text[at - 1] === "\r" && text[at] !== "\n");
    case "crlfEnd":
      return at === text.length || text[at] === "\r" || (text[at] === "\n" && text[at - 1] !== "\r");
    case "wordBorder":
      return before(text, at) !== after(text, at);
    case "noWordBorder":
      return before(text, at) === after(text, at);
    case "wordStart":
      return !before(text, at) && after(text, at);
    case "wordEnd":
      return before(text, at) && !after(text, at);
    case "wordStartHalf":
      return !before(text, at);
    case "wordEndHalf":
      return !after(text, at);
    case "asciiWordBorder":
      return asciiBefore(text, at) !== asciiAfter(text, at);
    case "noAsciiWordBorder":
      return asciiBefore(text, at) === asciiAfter(text, at);
  }
}

function before(text: string, at: number): boolean {
  const low = text.charCodeAt(at - 1);
  const pair = low >= 0xdc00 && low <= 0xdfff;
  const code = text.codePointAt(pair ? at - 2 : at - 1);
  return code !== undefined && isWord(code);
}

function after(text: string, at: number): boolean {
  const code = text.codePointAt(at);
  return code !== undefined && isWord(code);
}

const asciiBefore = (text: string, at: number): boolean => at > 0 && isAsciiWord(text.charCodeAt(at - 1));
const asciiAfter = (text: string, at: number): boolean => at < text.length && isAsciiWord(text.charCodeAt(at));
