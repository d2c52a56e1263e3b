/** A piece of a regular expression without captures, or why it can't be had. */
export type Fragment = { readonly regex: string } | { readonly unsupported: string };

const tokens = /\\[\s\S]|\[\^?\]?(?:\\[\s\S]|[^\]\\])*\]|\(\?P?<\w+>|\(\?(?:<?[=!])?|[\s\S]/g;

/**
 * A regular expression that a `parse kind=regex` writes between its columns: its groups capture nothing, so that the
 * columns keep their numbers, and a parenthesis without a partner stands for itself.
 */
export function withoutCaptures(text: string): Fragment {
  const parts = text.match(tokens) ?? [];
  if (parts.some((part) => /^\(\?<?[=!]$/.test(part))) return { unsupported: "there is no lookaround" };
  if (parts.some((part) => /^\\[1-9]/.test(part))) return { unsupported: "there are no back-references" };
  const paired = partners(parts);
  return { regex: parts.map((part, index) => rewritten(part, paired.has(index))).join("") };
}

function rewritten(part: string, paired: boolean): string {
  if (part === "\\") return "\\\\";
  if (part === ")") return paired ? part : "\\)";
  if (!part.startsWith("(")) return part;
  if (!paired) return `\\${part}`;
  return part === "(" || part.endsWith(">") ? "(?:" : part;
}

function partners(parts: readonly string[]): ReadonlySet<number> {
  const found = new Set<number>();
  const open: number[] = [];
  parts.forEach((part, index) => {
    if (part.startsWith("(")) open.push(index);
    const start = part === ")" ? open.pop() : undefined;
    if (start !== undefined) found.add(start).add(index);
  });
  return found;
}
