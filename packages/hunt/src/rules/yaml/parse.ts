import { Composer, type Document, Lexer, type ParsedNode, Parser, type YAMLParseError } from "yaml";
import { type Reading, sayProblem } from "../notes.ts";
import { limits } from "./limits.ts";

type Token = Parser["stack"][number];

export type YamlDocuments = readonly Document.Parsed<ParsedNode>[];

/** The documents of a YAML text, or none and the problems why. */
export function parseYaml(reading: Reading): YamlDocuments {
  const tokens = tokensOf(reading);
  if (tokens === undefined) return [];
  // `uniqueKeys` would compare every key with every other; duplicates are found while reading the nodes.
  const composer = new Composer({
    uniqueKeys: false,
    resolveKnownTags: false,
    logLevel: "silent",
    prettyErrors: false,
  });
  const documents = [...composer.compose(tokens)];
  const errors = documents.flatMap((document) => document.errors);
  for (const error of errors.slice(0, limits.syntaxProblems)) saySyntax(reading, error);
  return errors.length > 0 ? [] : documents;
}

/** The parser keeps its own stack, the composer recurses: depth is checked between the two. */
function tokensOf(reading: Reading): readonly Token[] | undefined {
  const parser = new Parser();
  const tokens: Token[] = [];
  for (const lexeme of new Lexer().lex(reading.source.text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (parser.stack.length <= limits.depth) continue;
    sayProblem(reading, "too-deep", parser.offset, { limit: limits.depth });
    return undefined;
  }
  for (const token of parser.end()) tokens.push(token);
  return tokens;
}

function saySyntax(reading: Reading, error: YAMLParseError): void {
  const reason = lowerFirst(error.message.split("\n")[0] ?? error.code);
  sayProblem(reading, "yaml-syntax", error.pos[0], { reason, next: moves[error.code] ?? "Correct the line." });
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
