/** Control characters, and those that turn the direction of text: a log value could drive a terminal with them. */
const unsafe = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** `text` for one line of a terminal: what could drive it is shown as its code. */
export function forTerminal(text: string): string {
  return text
    .replace(/\r\n|\n/g, "⏎")
    .replace(/\t/g, "  ")
    .replace(unsafe, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** One CSV cell. Text that a spreadsheet would run as a formula gets an apostrophe in front. */
export function forCsv(text: string, isText: boolean): string {
  const tame = isText && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(tame) ? `"${tame.replaceAll('"', '""')}"` : tame;
}
