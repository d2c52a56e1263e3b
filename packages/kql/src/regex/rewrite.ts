import type { Spans } from "./machine.ts";
import { groupText } from "./regex.ts";

/** A piece of a replacement: text as it is, or what a group matched. */
export type Rewrite = readonly (string | number)[];

/** Reads a replacement: `\1` is the first group, `\0` the whole match, `\\` a backslash; other backslashes stay. */
export function parseRewrite(text: string): Rewrite {
  return (text.match(/\\[\\0-9]|\\|[^\\]+/g) ?? []).map((part) =>
    part === "\\\\" ? "\\" : /^\\\d$/.test(part) ? Number(part[1]) : part,
  );
}

/** The same replacement in RE2's syntax; groups that don't exist are empty. */
export function rewriteForRe2(rewrite: Rewrite, groups: number): string {
  return rewrite
    .map((part) => {
      if (typeof part === "string") return part.replaceAll("\\", "\\\\");
      return part > groups ? "" : `\\${part}`;
    })
    .join("");
}

/** What stands in place of a match. */
export function rewritten(rewrite: Rewrite, text: string, spans: Spans): string {
  return rewrite.map((part) => (typeof part === "string" ? part : groupText(text, spans, part))).join("");
}
