import { type Reading, sayProblem } from "../../notes.ts";
import type { Rule, TriggerOperator } from "../../rule.ts";
import type { Fields } from "./canonical.ts";
import { scalarOf } from "./text.ts";

type Schedule = Pick<
  Rule,
  | "queryFrequency"
  | "queryPeriod"
  | "triggerOperator"
  | "triggerThreshold"
  | "suppressionEnabled"
  | "suppressionDuration"
>;

const durations: readonly RegExp[] = [
  /^\d+(\.\d+)? ?[smhd]$/i,
  /^P(\d+W|(?=\d|T\d)(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?)$/i,
  /^(\d+\.)?\d{1,2}:\d{2}:\d{2}$/,
];

const operators: ReadonlyMap<string, TriggerOperator> = new Map([
  ["gt", "GreaterThan"],
  ["greaterthan", "GreaterThan"],
  ["lt", "LessThan"],
  ["lessthan", "LessThan"],
  ["eq", "Equal"],
  ["equal", "Equal"],
  ["ne", "NotEqual"],
  ["notequal", "NotEqual"],
]);

/** When the rule runs, when it fires, and how long it then keeps still; only what the file states. */
export function scheduleOf(fields: Fields, reading: Reading): Schedule {
  const found: { readonly [K in keyof Schedule]: Schedule[K] | undefined } = {
    queryFrequency: duration("queryFrequency"),
    queryPeriod: duration("queryPeriod"),
    triggerOperator: checked("triggerOperator", "gt, lt, eq or ne", (text) => operators.get(text.toLowerCase())),
    triggerThreshold: checked("triggerThreshold", "a whole number", wholeNumber),
    suppressionEnabled: checked("suppressionEnabled", "true or false", truth),
    suppressionDuration: duration("suppressionDuration"),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));

  function duration(key: string): string | undefined {
    return checked(key, "a duration such as 1h or PT1H", (text) =>
      durations.some((pattern) => pattern.test(text)) ? text : undefined,
    );
  }

  function checked<T>(key: string, expected: string, read: (text: string) => T | undefined): T | undefined {
    const scalar = scalarOf(fields.get(key), reading);
    if (scalar === undefined) return undefined;
    const value = read(scalar.text.trim());
    if (value === undefined) {
      sayProblem(reading, "unknown-value", scalar.start, { key, value: scalar.text.slice(0, 60), expected });
    }
    return value;
  }
}

function wholeNumber(text: string): number | undefined {
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

function truth(text: string): boolean | undefined {
  const lower = text.toLowerCase();
  return lower === "true" ? true : lower === "false" ? false : undefined;
}
