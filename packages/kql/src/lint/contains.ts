import { child } from "../syntax/tree.ts";
import type { QueryLint } from "./context.ts";
import { queryNote } from "./note.ts";

const faster: Readonly<Record<string, string>> = {
  ContainsExpression: "has",
  ContainsCsExpression: "has_cs",
  NotContainsExpression: "!has",
  NotContainsCsExpression: "!has_cs",
};

/** A term is a run of letters and digits of any script (SEMANTICS.md, S1). */
const TERM = /[\p{L}\p{N}]/u;
const SHORTEST_TERM = 4;
/** Terms that the index has. */
const INDEXED = /[\p{L}\p{N}]{3,}/u;

/** `contains` where `has` gives the same, or where a whole word seems to be meant. */
export const contains: QueryLint = ({ nodes }) =>
  nodes.flatMap(({ node }) => {
    const has = faster[node.kind];
    const { Left: left, Operator: operator, Right: right } = node.fields;
    if (has === undefined || operator === undefined || left?.type !== "string") return [];
    if (right?.kind !== "StringLiteralExpression") return [];
    const text = child(right, "Token").value;
    const [first = "", last = ""] = [[...text].at(0), [...text].at(-1)];
    if (first === "") return [];
    const facts = { operator: operator.text, has, text };
    if (!TERM.test(first) && !TERM.test(last)) {
      if (!INDEXED.test(text)) return [];
      return [queryNote("contains-is-has", operator.span, facts, { fix: [{ span: operator.span, text: has }] })];
    }
    const word = /^[\p{L}\p{N}]+$/u.test(text) && text.length >= SHORTEST_TERM;
    return word ? [queryNote("contains-for-has", operator.span, facts)] : [];
  });
