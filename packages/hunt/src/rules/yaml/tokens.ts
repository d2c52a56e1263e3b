import { Lexer, Parser } from "yaml";
import { limits } from "../limits.ts";

type Token = Parser["stack"][number];

export interface Tokens {
  readonly tokens: readonly Token[];
  readonly tooDeepAt?: number;
  /** Where a quote opens that is never closed. */
  readonly openQuoteAt?: number;
}

/** The parser keeps its own stack, the composer recurses: depth is checked between the two. */
export function tokensOf(text: string): Tokens {
  const parser = new Parser();
  const tokens: Token[] = [];
  let found: Omit<Tokens, "tokens"> = {};
  for (const lexeme of new Lexer().lex(text)) {
    if (isOpenQuote(lexeme)) found = { openQuoteAt: parser.offset };
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (parser.stack.length <= limits.depth) continue;
    found = { tooDeepAt: parser.offset };
    break;
  }
  for (const token of parser.end()) tokens.push(token);
  return { tokens, ...found };
}

function isOpenQuote(lexeme: string): boolean {
  const quote = lexeme.charAt(0);
  return (quote === '"' || quote === "'") && (lexeme.length === 1 || !lexeme.endsWith(quote));
}
