const closing: Readonly<Record<string, string>> = { "(": ")", "{": "}", "[": "]" };

/** Where the bracket at `start` of a KQL text closes, after it; the text's end where it never does. */
export function balancedEnd(text: string, start: number): number {
  const open: string[] = [];
  for (let at = start; at < text.length; at++) {
    const skipped = endOfQuiet(text, at);
    if (skipped > at) {
      at = skipped - 1;
      continue;
    }
    const char = text[at] ?? "";
    const closer = closing[char];
    if (closer !== undefined) open.push(closer);
    else if (char === open.at(-1)) {
      open.pop();
      if (open.length === 0) return at + 1;
    }
  }
  return text.length;
}

/** The end of the comment or string literal that begins at `at`; `at` where none does. */
function endOfQuiet(text: string, at: number): number {
  if (text.startsWith("//", at)) return before(text, "\n", at);
  const fence = ["```", "~~~"].find((mark) => text.startsWith(mark, at));
  if (fence !== undefined) return before(text, fence, at + 3) + 3;
  const quote = text[at];
  if (quote !== '"' && quote !== "'") return at;
  const verbatim = text[at - 1] === "@";
  for (let end = at + 1; end < text.length; end++) {
    if (text[end] === "\\" && !verbatim) end++;
    else if (text[end] === quote) return end + 1;
    else if (text[end] === "\n") return end;
  }
  return text.length;
}

function before(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found;
}
