import { type Reading, sayProblem } from "../../notes.ts";
import type { RuleSeverity } from "../../rule.ts";
import type { Fields } from "./canonical.ts";
import { sayValue, scalarOf } from "./text.ts";

const severities: readonly RuleSeverity[] = ["High", "Medium", "Low", "Informational"];

/** The severity, also where it is misspelt by a letter. */
export function severityOf(fields: Fields, reading: Reading): RuleSeverity | undefined {
  const scalar = scalarOf(fields.get("severity"), reading);
  if (scalar === undefined) return undefined;
  const value = scalar.text.trim();
  const found = nearestSeverity(value);
  if (found === undefined) {
    sayProblem(reading, "unknown-value", scalar.start, { key: "severity", value, expected: severities.join(", ") });
  } else if (found !== scalar.text) sayValue(reading, "severity", scalar, found);
  return found;
}

function nearestSeverity(text: string): RuleSeverity | undefined {
  const wanted = text.toLowerCase();
  return severities.find((severity) => {
    const name = severity.toLowerCase();
    return name === wanted || (wanted.length > 3 && (isOneEdit(wanted, name) || name.startsWith(wanted)));
  });
}

/** Whether one letter added, left out, changed or swapped with the next makes the two the same. */
function isOneEdit(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const left = a.slice(start, a.length - end);
  const right = b.slice(start, b.length - end);
  const swapped = left.length === 2 && left === `${right.charAt(1)}${right.charAt(0)}`;
  return (left.length <= 1 && right.length <= 1) || swapped;
}
