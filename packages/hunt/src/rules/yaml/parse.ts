import { Composer, type Document, type ParsedNode, type YAMLParseError } from "yaml";
import { limits } from "../limits.ts";
import { type Reading, sayProblem } from "../notes.ts";
import { tokensOf } from "./tokens.ts";

export type YamlDocuments = readonly Document.Parsed<ParsedNode>[];

/** The documents of a YAML text, or none and the problems why. */
export function parseYaml(reading: Reading): YamlDocuments {
  const { tokens, tooDeepAt, openQuoteAt } = tokensOf(reading.source.text);
  // `uniqueKeys` would compare every key with every other; duplicates are found while reading the nodes.
  const composer = new Composer({
    uniqueKeys: false,
    resolveKnownTags: false,
    logLevel: "silent",
    prettyErrors: false,
  });
  const documents = [...composer.compose(tokens)];
  const known = tooDeepAt === undefined ? Number.POSITIVE_INFINITY : lineStartBefore(reading.source.text, tooDeepAt);
  const errors = documents.flatMap((document) => document.errors).filter(({ pos }) => pos[0] < known);
  for (const error of errors.slice(0, limits.syntaxProblems)) saySyntax(reading, error, openQuoteAt);
  if (errors.length > 0) return [];
  if (tooDeepAt === undefined) return documents;
  sayProblem(reading, "too-deep", tooDeepAt, { limit: limits.depth });
  return [];
}

/** Errors on the line where the text was cut short come of the cut. */
function lineStartBefore(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

function saySyntax(reading: Reading, error: YAMLParseError, openQuoteAt: number | undefined): void {
  const reason = lowerFirst(error.message.split("\n")[0] ?? error.code);
  const at = /closing .quote/.test(reason) ? (openQuoteAt ?? error.pos[0]) : error.pos[0];
  sayProblem(reading, "yaml-syntax", at, { reason, next: moves[error.code] ?? "Correct the line." });
}

const moves: Partial<Record<YAMLParseError["code"], string>> = {
  BAD_INDENT: "Give the lines of one list or mapping the same column, and indent what belongs below.",
  TAB_AS_INDENT: "Indent with spaces.",
  MISSING_CHAR: "Close the quote or bracket, or indent the text of a 'key: |' below its key.",
  MULTILINE_IMPLICIT_KEY: "Begin each key on its own line as 'key: value', and indent the text of a 'key: |'.",
  UNEXPECTED_TOKEN: "Quote the value, or close what was opened before it.",
  BAD_SCALAR_START: "Quote the value: it begins with a character that YAML keeps for itself.",
  BAD_DQ_ESCAPE: "Write a backslash twice, or use single quotes.",
  BLOCK_AS_IMPLICIT_KEY: "Quote the value if it holds ': ', or begin the key on a line of its own.",
  BLOCK_IN_FLOW: "Close the bracket before the block.",
  KEY_OVER_1024_CHARS: "Write the text as the value of a key.",
};

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1).replace(/[.:]+$/, "");
}
