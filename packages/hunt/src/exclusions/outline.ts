import type { Comparison, Condition } from "@goshawk/kql";
import { hashLength, isChosenFreely } from "./draft/fields.ts";
import type { Meaning } from "./exclusion.ts";
import { waysToHide } from "./ways.ts";

/** All comparisons of a condition, in order. */
export function comparisonsOf(condition: Condition): readonly Comparison[] {
  switch (condition.kind) {
    case "and":
    case "or":
      return condition.parts.flatMap(comparisonsOf);
    case "not":
      return comparisonsOf(condition.part);
    case "comparison":
      return [condition];
    case "other":
      return [];
  }
}

const negative = /^(!|<>)/;

/** How the comparisons sound: what is excepted (`==`), or what is still to be reported (`!=`); or some of each. */
export function polarityOf(condition: Condition): "drop" | "keep" | "mixed" {
  const signs = new Set(signsOf(condition, false));
  if (signs.size > 1) return "mixed";
  return signs.has(true) ? "keep" : "drop";
}

function signsOf(condition: Condition, negated: boolean): readonly boolean[] {
  switch (condition.kind) {
    case "and":
    case "or":
      return condition.parts.flatMap((part) => signsOf(part, negated));
    case "not":
      return signsOf(condition.part, !negated);
    case "comparison":
      return [negative.test(condition.operator) !== negated];
    case "other":
      return [];
  }
}

/** Values that stand for something that a person was to fill in: a hash that is none, a name in angle brackets. */
export function placeholdersOf(condition: Condition, columnOf: (field: string) => string): readonly string[] {
  return comparisonsOf(condition).flatMap(({ field, operator, values }) => {
    const length = /^(==|=~|!=|!~|!?in~?)$/.test(operator) ? hashLength(columnOf(field)) : undefined;
    const isHash = (value: string): boolean =>
      length !== undefined && new RegExp(`^[0-9a-f]{${length}}$`, "i").test(value);
    return values.filter(
      (value) => /^(<.*>|\{\{.*\}\})$/.test(value) || (length !== undefined && value !== "" && !isHash(value)),
    );
  });
}

/** The shortest way to be hidden with nothing but texts that an attacker chooses, in words. */
export function bypassOf(
  condition: Condition,
  columnOf: (field: string) => string,
  meaning: Meaning = "drop",
): string | undefined {
  const ways = waysToHide(condition, meaning)
    .filter((way) => way.length > 0 && way.every((step) => step !== undefined && isChosenFreely(columnOf(step.field))))
    .map((way) => way.flatMap((step) => (step === undefined ? [] : [step])))
    .sort((a, b) => a.length - b.length);
  const [shortest] = ways;
  if (shortest === undefined) return undefined;
  return `anything whose ${shortest.map((step) => inWords(step, columnOf(step.field))).join(" and whose ")}`;
}

function inWords({ operator, values }: Comparison, column: string): string {
  const list = values.map((value) => `'${value}'`).join(" or ");
  const verbs: Readonly<Record<string, string>> = {
    "==": "is",
    "=~": "is",
    in: "is",
    "in~": "is",
    "!=": "is not",
    "!~": "is not",
    contains: "contains",
    contains_cs: "contains",
    "!contains": "does not contain",
    "!has": "lacks the word",
    "!in": "is not",
    "!in~": "is not",
    "!startswith": "does not begin with",
    "!endswith": "does not end with",
    has: "has the word",
    has_cs: "has the word",
    has_any: "has the word",
    startswith: "begins with",
    startswith_cs: "begins with",
    endswith: "ends with",
    endswith_cs: "ends with",
  };
  return `${column} ${verbs[operator] ?? operator} ${list}`;
}
