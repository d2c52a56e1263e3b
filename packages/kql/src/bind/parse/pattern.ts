import { refuse } from "../../diagnostics/diagnostic.ts";
import type { Span } from "../../diagnostics/span.ts";
import { withoutCaptures } from "../../functions/text/fragment.ts";
import { escapeRegex } from "../../functions/text/match.ts";
import type { KqlType } from "../../values/type.ts";
import { type Captured, type PatternPart, shapeOf } from "./shapes.ts";

/** How `parse` reads its pattern. */
export interface ParseKind {
  readonly kind: "simple" | "relaxed" | "regex";
  /** RE2 flags of `kind=regex`, such as `Ui`. */
  readonly flags: string;
}

/** A pattern as one regular expression with a group for each column. */
export interface ParsePattern {
  readonly regex: string;
  readonly columns: readonly Captured[];
}

/**
 * The regular expression of a pattern. Simple and relaxed patterns hold for the whole text, and a column ends at the
 * next delimiter; regex patterns hold for a part of it, and a column is as long as can be.
 */
export function parsePattern(parts: readonly PatternPart[], how: ParseKind): ParsePattern {
  const columns = parts.flatMap((part) => (part.kind === "column" ? [part.column] : []));
  const pieces = parts.map((part, index) => piece(part, index, parts, how));
  if (how.kind === "regex") return { regex: `${inlineFlags(how.flags)}${pieces.join("")}`, columns };
  const last = parts.at(-1);
  const end = last?.kind === "star" ? "" : String.raw`\z`;
  return { regex: String.raw`(?s)\A${pieces.join("")}${end}`, columns };
}

function inlineFlags(flags: string): string {
  const on = [...new Set(flags)].join("");
  return flags.includes("s") ? `(?${on})` : `(?${on}-s)`;
}

function piece(part: PatternPart, index: number, parts: readonly PatternPart[], how: ParseKind): string {
  const next = parts[index + 1];
  switch (part.kind) {
    case "text":
      return how.kind === "regex" ? fragment(part.text, part.span) : escapeRegex(part.text);
    case "star":
      return next === undefined && how.kind !== "regex" ? "" : ".*?";
    case "column":
      return how.kind === "regex" ? greedy(part.column, next, how.flags) : lazy(part.column, next, parts, how);
  }
}

function fragment(text: string, at: Span): string {
  const found = withoutCaptures(text);
  if ("regex" in found) return `(?:${found.regex})`;
  return refuse("unsupported-syntax", at, { construct: "This regular expression", reason: found.unsupported });
}

function lazy(column: Captured, next: PatternPart | undefined, parts: readonly PatternPart[], how: ParseKind): string {
  if (next === undefined) return "(.*)";
  if (next.kind !== "star") return "(.*?)";
  const shape = shapeOf(column.type, "simple") ?? refuseShape(column, "before a *");
  const trailing = parts.at(-1) === next;
  return trailing || how.kind === "relaxed" ? `((?:${shape})?)` : `(${shape})`;
}

function greedy(column: Captured, next: PatternPart | undefined, flags: string): string {
  if (column.type === "string" || column.type === "dynamic") return "(.*)";
  const shape = shapeOf(column.type, "regex");
  if (shape !== undefined) return `(${shape})`;
  if (next === undefined) return refuseShape(column, "at the end of a regular expression");
  if (flags.includes("U")) return refuseShape(column, "with flags=U");
  return "(.*)";
}

const refuseShape = (column: { readonly type: KqlType; readonly span: Span }, where: string): never =>
  refuse("unsupported-syntax", column.span, {
    construct: `A ${column.type} column ${where}`,
    reason: "how much of the text Kusto takes there is not documented; parse it as a string and convert that",
  });
