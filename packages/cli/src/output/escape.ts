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

/** One CSV cell. Text that a spreadsheet would run as a formula gets an apostrophe in front. */
export function forCsv(text: string, isText: boolean): string {
  const tame = isText && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(tame) ? `"${tame.replaceAll('"', '""')}"` : tame;
}
