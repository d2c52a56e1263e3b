/** How a text writes its keys and values. */
export interface KeyValueFormat {
  /** Both or none: without delimiters every character that is no letter or digit is one. */
  readonly pair?: string;
  readonly keyValue?: string;
  /** Opening and closing quote; the same when there is one character. */
  readonly quotes: readonly string[];
  readonly escapes: readonly string[];
  /** An unquoted value ends before the next key rather than at the next delimiter. */
  readonly greedy: boolean;
}

/** The first value of each of `keys` in `text`; undefined where a key isn't there. */
export function keyValues(
  text: string,
  keys: readonly string[],
  format: KeyValueFormat,
): readonly (string | undefined)[] {
  const wanted = new Set(keys);
  const found = new Map<string, string>();
  const add = (key: string, value: string): void => {
    if (wanted.has(key) && !found.has(key)) found.set(key, value);
  };
  if (format.pair === undefined || format.keyValue === undefined) scanTokens(text, format, wanted, add);
  else scanPairs(text, format.pair, format.keyValue, format, add);
  return keys.map((key) => found.get(key));
}

type Add = (key: string, value: string) => void;

function scanPairs(text: string, pair: string, keyValue: string, format: KeyValueFormat, add: Add): void {
  let at = 0;
  while (at < text.length) {
    const key = keyAt(text, at, pair, keyValue, format);
    if (key === undefined) return;
    const start = skipSpace(text, key.end);
    const value = quotedAt(text, start, format) ?? plainValue(text, start, pair, keyValue, format);
    add(key.text, value.text);
    const next = text.indexOf(pair, value.end);
    if (next < 0) return;
    at = next + pair.length;
  }
}

interface Piece {
  readonly text: string;
  /** Where the piece and what closes it end. */
  readonly end: number;
}

/** The next key: what stands before a key-value delimiter, back to the pair delimiter before it. */
function keyAt(text: string, from: number, pair: string, keyValue: string, format: KeyValueFormat): Piece | undefined {
  let start = from;
  for (let at = from; at < text.length; ) {
    const quoted = skipSpace(text, start) === at ? quotedAt(text, at, format) : undefined;
    if (quoted !== undefined) {
      const after = skipSpace(text, quoted.end);
      if (text.startsWith(keyValue, after)) return { text: quoted.text, end: after + keyValue.length };
    }
    if (text.startsWith(keyValue, at)) return { text: text.slice(start, at).trim(), end: at + keyValue.length };
    if (text.startsWith(pair, at) && !spaceBeforeDelimiter(text, at, start, pair, keyValue)) {
      at += pair.length;
      start = at;
    } else at++;
  }
  return undefined;
}

/** Blanks around a key don't end it, even where a blank is the pair delimiter: `key = value`. */
function spaceBeforeDelimiter(text: string, at: number, start: number, pair: string, keyValue: string): boolean {
  return pair.trim() === "" && text.slice(start, at).trim() !== "" && text.startsWith(keyValue, skipSpace(text, at));
}

function plainValue(text: string, start: number, pair: string, keyValue: string, format: KeyValueFormat): Piece {
  let end = indexOrEnd(text, pair, start);
  while (format.greedy && end < text.length && !beginsPair(text, end + pair.length, pair, keyValue))
    end = indexOrEnd(text, pair, end + pair.length);
  return { text: text.slice(start, end).trim(), end };
}

function beginsPair(text: string, at: number, pair: string, keyValue: string): boolean {
  const delimiter = text.indexOf(keyValue, at);
  return delimiter >= 0 && indexOrEnd(text, pair, at) > delimiter;
}

function indexOrEnd(text: string, part: string, from: number): number {
  const found = text.indexOf(part, from);
  return found < 0 ? text.length : found;
}

/** A quoted text that begins at `at` and is closed. */
function quotedAt(text: string, at: number, { quotes, escapes }: KeyValueFormat): Piece | undefined {
  const quote = quotes.find((item) => text.startsWith(item.charAt(0), at) && at < text.length);
  if (quote === undefined) return undefined;
  const close = quote.charAt(quote.length - 1);
  let value = "";
  for (let index = at + 1; index < text.length; index++) {
    const letter = text.charAt(index);
    if (escapes.includes(letter) && index + 1 < text.length) value += text.charAt(++index);
    else if (letter === close) return { text: value, end: index + 1 };
    else value += letter;
  }
  return undefined;
}

function skipSpace(text: string, at: number): number {
  let index = at;
  while (index < text.length && text.charAt(index).trim() === "") index++;
  return index;
}

/** Without delimiters: a key is a word of the list, its value the next word or quoted text. */
function scanTokens(text: string, format: KeyValueFormat, wanted: ReadonlySet<string>, add: Add): void {
  let key: string | undefined;
  for (let at = 0; at < text.length; ) {
    const piece = quotedAt(text, at, format) ?? wordAt(text, at);
    if (piece === undefined) {
      at++;
      continue;
    }
    at = piece.end;
    if (key !== undefined) {
      add(key, piece.text);
      key = undefined;
    } else if (wanted.has(piece.text)) key = piece.text;
  }
}

function wordAt(text: string, at: number): Piece | undefined {
  let end = at;
  for (const letter of text.slice(at, at + 1_048_576)) {
    if (!/[\p{L}\p{N}]/u.test(letter)) break;
    end += letter.length;
  }
  return end === at ? undefined : { text: text.slice(at, end), end };
}
