import type { Comparison, Condition } from "@goshawk/kql";
import type { Meaning } from "./exclusion.ts";

/** Comparisons that together make a condition true; undefined stands for what is no comparison. */
export type Way = readonly (Comparison | undefined)[];

const MOST_WAYS = 256;

/** The ways in which a row comes to be hidden: where the condition is true, or where it is not, as its meaning says. */
export function waysToHide(condition: Condition, meaning: Meaning): readonly Way[] {
  return waysOf(condition, meaning === "keep");
}

function waysOf(condition: Condition, negated: boolean): readonly Way[] {
  switch (condition.kind) {
    case "and":
    case "or":
      return (condition.kind === "and") === negated
        ? condition.parts.flatMap((part) => waysOf(part, negated)).slice(0, MOST_WAYS)
        : condition.parts
            .map((part) => waysOf(part, negated))
            .reduce<readonly Way[]>(
              (all, ways) => all.flatMap((way) => ways.map((more) => [...way, ...more])).slice(0, MOST_WAYS),
              [[]],
            );
    case "not":
      return waysOf(condition.part, !negated);
    case "comparison":
      return [[negated ? opposite(condition) : condition]];
    case "other":
      return [[undefined]];
  }
}

const opposites: Readonly<Record<string, string>> = { "==": "!=", "=~": "!~", "!=": "==", "!~": "=~", "<>": "==" };
const worded = /^!?(contains|has|has_any|has_all|hasprefix|hassuffix|startswith|endswith|in)(_cs|~)?$/;

function opposite(comparison: Comparison): Comparison | undefined {
  const { operator } = comparison;
  const symbol = opposites[operator];
  if (symbol !== undefined) return { ...comparison, operator: symbol };
  if (!worded.test(operator)) return undefined;
  return { ...comparison, operator: operator.startsWith("!") ? operator.slice(1) : `!${operator}` };
}
