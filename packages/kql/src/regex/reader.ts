/** Why a text is no regular expression, and where: an index of UTF-16 units. */
export class RegexError extends Error {
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

/** What `(?flags)` turns on and off. */
export interface Flags {
  readonly fold: boolean;
  readonly multiLine: boolean;
  readonly dotAll: boolean;
  readonly crlf: boolean;
  readonly swapGreed: boolean;
  readonly unicode: boolean;
  readonly verbose: boolean;
}

export const noFlags: Flags = {
  fold: false,
  multiLine: false,
  dotAll: false,
  crlf: false,
  swapGreed: false,
  unicode: true,
  verbose: false,
};

/** A place in a pattern that moves forward. */
export class Reader {
  readonly text: string;
  at = 0;
  flags: Flags = noFlags;

  constructor(text: string) {
    this.text = text;
  }

  get done(): boolean {
    return this.at >= this.text.length;
  }

  /** The next character, or "" at the end. */
  peek(): string {
    const code = this.text.codePointAt(this.at);
    return code === undefined ? "" : String.fromCodePoint(code);
  }

  next(): string {
    const char = this.peek();
    if (char === "") throw new RegexError("the pattern ends too early", this.at);
    this.at += char.length;
    return char;
  }

  take(expected: string): boolean {
    if (!this.text.startsWith(expected, this.at)) return false;
    this.at += expected.length;
    return true;
  }

  /** What `pattern`, a sticky expression, matches here; "" when it doesn't. */
  match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text) ?? undefined;
    if (found !== undefined) this.at += found[0].length;
    return found;
  }

  /** In verbose mode white space and comments mean nothing. */
  skipSpace(): void {
    if (this.flags.verbose) this.match(/(?:[\p{Pattern_White_Space}]|#[^\n]*)*/uy);
  }

  fail(message: string, at: number = this.at): never {
    throw new RegexError(message, at);
  }
}
