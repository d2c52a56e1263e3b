/** Characters that can drive a terminal: controls, and those that turn the direction of text. */
function isUnsafe(code: number): boolean {
  return (
    code < 0x20 ||
    (code >= 0x7f && code <= 0x9f) ||
    code === 0x200e ||
    code === 0x200f ||
    (code >= 0x2028 && code <= 0x202e) ||
    (code >= 0x2066 && code <= 0x2069)
  );
}

/** `text` for one line of a terminal: what could drive it is shown as its code. */
export function forTerminal(text: string): string {
  let shown = "";
  for (const char of text.replaceAll("\r\n", "\n")) {
    const code = char.codePointAt(0) ?? 0;
    if (char === "\n") shown += "⏎";
    else if (char === "\t") shown += "  ";
    else shown += isUnsafe(code) ? `\\u${code.toString(16).padStart(4, "0")}` : char;
  }
  return shown;
}

/** JSON text whose characters can't drive a terminal; they are written as escapes, which JSON readers undo. */
export function forJson(json: string): string {
  return json.replaceAll(
    /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** One CSV cell. Text that a spreadsheet would run as a formula gets an apostrophe in front. */
export function forCsv(text: string, isText: boolean): string {
  const shown = isText ? withoutControls(text) : text;
  const tame = isText && /^[=+\-@\t\r]/.test(shown) ? `'${shown}` : shown;
  return /[",\r\n]/.test(tame) ? `"${tame.replaceAll('"', '""')}"` : tame;
}

/** Tabs and line ends may stand in a CSV cell; other controls are shown as their codes. */
function withoutControls(text: string): string {
  let shown = "";
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    const kept = char === "\n" || char === "\r" || char === "\t" || !isUnsafe(code);
    shown += kept ? char : `\\u${code.toString(16).padStart(4, "0")}`;
  }
  return shown;
}
