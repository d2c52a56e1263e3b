import { type Reading, sayProblem } from "../../notes.ts";
import type { RuleKind } from "../../rule.ts";
import type { Fields } from "./canonical.ts";
import { sayValue, scalarOf } from "./text.ts";

const kinds: ReadonlyMap<string, readonly [written: string, kind: RuleKind]> = new Map([
  ["scheduled", ["Scheduled", "scheduled"]],
  ["nrt", ["NRT", "nrt"]],
  ["hunting", ["Hunting", "hunting-query"]],
  ["customdetection", ["CustomDetection", "custom-detection"]],
]);

/** The kind that the file states, else the one that its keys are made for. */
export function kindOf(fields: Fields, reading: Reading): RuleKind {
  const scalar = scalarOf(fields.get("kind"), reading);
  if (scalar === undefined) return impliedKind(fields);
  const [written, kind] = kinds.get(scalar.text.trim().toLowerCase()) ?? [];
  if (written === undefined || kind === undefined) {
    const facts = { key: "kind", value: scalar.text, expected: "Scheduled or NRT" };
    sayProblem(reading, "unknown-value", scalar.start, facts);
    return impliedKind(fields);
  }
  if (written !== scalar.text) sayValue(reading, "kind", scalar, written);
  return kind;
}

function impliedKind(fields: Fields): RuleKind {
  if (["queryFrequency", "queryPeriod", "triggerOperator"].some((key) => fields.has(key))) return "scheduled";
  return fields.has("InputEntityType") ? "query" : "hunting-query";
}
