import type { Rule } from "../../../src/rules/rule.ts";
import { positionIn } from "../../../src/rules/text/origin.ts";

/** The offsets of a query whose character is not the one at the place that the rule says. */
export function misplaced(rule: Rule, file: string): readonly number[] {
  const lines = file.replace(/^\ufeff/, "").split(/\r\n|\n|\r/);
  return Array.from(rule.query, (_, at) => at).filter((at) => {
    const character = rule.query.charAt(at);
    const { line, column } = positionIn(rule.queryOrigin, at);
    return /\S/.test(character) && lines[line - 1]?.charAt(column - 1) !== character;
  });
}
