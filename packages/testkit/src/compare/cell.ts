import { isContainer, type Json, type JsonRules, jsonEquals, jsonOf } from "./json.ts";
import { integerOf, near, numberOf, printedSlack } from "./number.ts";
import { datetimeTicks, timespanTicks } from "./ticks.ts";

/** A value as Kusto's text, or null. */
export type Cell = string | null;

export interface CellRules extends JsonRules {
  /** The expectation was printed for people: empty may mean null, numbers may be rounded, white space folded. */
  readonly printed: boolean;
}

/** What our own cases are held to. */
export const exactly: CellRules = { tolerance: 1e-9, looseArrays: false, kinds: "strict", printed: false };

const aliases: { readonly [name: string]: string } = {
  boolean: "bool",
  date: "datetime",
  double: "real",
  integer: "int",
  object: "dynamic",
  time: "timespan",
  uniqueid: "guid",
  uuid: "guid",
};

/** The KQL type's own name; names that are no type are kept and compared as text. */
export function typeNamed(name: string): string {
  const lower = name.toLowerCase();
  return aliases[lower] ?? lower;
}

/** Whether the engine's cell of a column of `type` means what was expected. */
export function cellEquals(expected: Cell, actual: Cell, type: string, rules: CellRules): boolean {
  if (expected === null || actual === null) return nullEquals(expected ?? actual, type, rules);
  if (rules.printed && type !== "string" && isPrintedNull(expected.trim()) && isBlank(actual)) return true;
  if (type === "dynamic") return dynamicEquals(expected, actual, rules);
  const typed = typedEquals(expected, actual, type, rules);
  if (typed === "not typed") return textEquals(expected, actual, rules);
  return typed === "not readable" ? rules.printed && folded(expected) === folded(actual) : typed;
}

/** A string has no null, and neither has JSON null a difference to null. */
function nullEquals(other: Cell, type: string, { printed }: CellRules): boolean {
  if (other === null) return true;
  if (type === "dynamic" && isBlank(other)) return true;
  if (type === "string" && other === "") return true;
  return printed && isPrintedNull(other);
}

type Typed = boolean | "not readable" | "not typed";

function typedEquals(expected: string, actual: string, type: string, rules: CellRules): Typed {
  switch (type) {
    case "bool":
      return bothRead(boolOf, expected, actual, same);
    case "int":
    case "long":
      return integersEqual(expected, actual);
    case "real":
    case "decimal":
      return bothRead(numberOf, expected, actual, (a, b) => realsEqual(a, b, expected, rules));
    case "datetime":
      return bothRead(datetimeTicks, expected, actual, same);
    case "timespan":
      return bothRead(timespanTicks, expected, actual, same);
    case "guid":
      return expected.trim().toLowerCase() === actual.trim().toLowerCase();
    default:
      return "not typed";
  }
}

function bothRead<V>(
  read: (text: string) => V | undefined,
  expected: string,
  actual: string,
  equal: (a: V, b: V) => boolean,
): Typed {
  const [a, b] = [read(expected), read(actual)];
  return a === undefined || b === undefined ? "not readable" : equal(a, b);
}

function integersEqual(expected: string, actual: string): Typed {
  const bothAreNumbers = numberOf(expected) !== undefined && numberOf(actual) !== undefined;
  const typed = bothRead(integerOf, expected, actual, same);
  return typed === "not readable" && bothAreNumbers ? false : typed;
}

function realsEqual(expected: number, actual: number, text: string, rules: CellRules): boolean {
  if (near(expected, actual, rules.tolerance)) return true;
  return rules.printed && Math.abs(expected - actual) <= printedSlack(text);
}

function dynamicEquals(expected: string, actual: string, rules: CellRules): boolean {
  const actualJson = jsonOf(actual);
  const equals = (json: Json, tolerance: number): boolean => jsonEquals(json, actualJson, { ...rules, tolerance });
  if (!rules.printed) return equals(jsonOf(expected), rules.tolerance);
  if (printedForms(expected).some((form) => equals(jsonOf(form), 1e-6))) return true;
  return folded(expected).replaceAll(" ", "") === folded(actual).replaceAll(" ", "");
}

/** Pages double their backslashes, quote like Python and leave a comma before the closing bracket. */
function printedForms(text: string): readonly string[] {
  return [text, text.replaceAll("\\\\", "\\"), text.replaceAll("'", '"'), text.replaceAll(/,\s*([\]}])/g, "$1")];
}

function textEquals(expected: string, actual: string, rules: CellRules): boolean {
  if (expected === actual || containersEqual(expected, actual, rules)) return true;
  if (!rules.printed) return false;
  if ([expected, expected.replaceAll("\\\\", "\\")].some((form) => folded(form) === folded(actual))) return true;
  return actual === "" && ["null", "(null)"].includes(expected.trim());
}

function containersEqual(expected: string, actual: string, rules: CellRules): boolean {
  const [a, b] = [jsonOf(expected), jsonOf(actual)];
  return isContainer(a) && isContainer(b) && jsonEquals(a, b, rules);
}

function boolOf(text: string): boolean | undefined {
  const word = text.trim().toLowerCase();
  if (word === "true" || word === "1") return true;
  return word === "false" || word === "0" ? false : undefined;
}

const same = <V>(a: V, b: V): boolean => a === b;
const isBlank = (text: string): boolean => text === "" || text === "null";
const isPrintedNull = (text: string): boolean => isBlank(text) || text === "(null)";
const folded = (text: string): string => text.replaceAll(/\s+/g, " ").trim();
