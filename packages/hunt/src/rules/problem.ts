import type { Position } from "@goshawk/kql";
import { shownFacts } from "./text/shown.ts";

/** What each problem must be told. */
export interface RuleProblemFacts {
  "unreadable-file": { readonly reason: string };
  "not-a-file": { readonly what: string };
  "too-large": { readonly size: number; readonly limit: number };
  "not-text": { readonly reason: string };
  "empty-file": Record<string, never>;
  "no-rule": { readonly expected: string };
  "no-rule-files": { readonly extensions: string };
  "yaml-syntax": { readonly reason: string; readonly next: string };
  "json-syntax": { readonly reason: string };
  "json-too-large": { readonly size: number; readonly limit: number };
  "rule-without-query": { readonly kind: string };
  "template-expression": { readonly text: string };
  "not-rules": { readonly holds: string };
  "too-deep": { readonly limit: number };
  "too-many-aliases": { readonly name: string; readonly limit: number };
  "alias-loop": { readonly name: string };
  "unknown-alias": { readonly name: string };
  "duplicate-key": { readonly key: string; readonly firstLine: number };
  "complex-key": Record<string, never>;
  "not-a-mapping": { readonly found: string };
  "function-not-rule": { readonly name: string };
  "missing-query": { readonly kind: string };
  "empty-query": Record<string, never>;
  "wrong-type": { readonly key: string; readonly expected: string; readonly found: string };
  "unknown-value": { readonly key: string; readonly value: string; readonly expected: string };
  "id-not-guid": { readonly value: string };
  "not-a-technique": { readonly value: string };
  "control-character-in-query": { readonly code: string };
  "unclosed-fence": Record<string, never>;
  "scenario-without-expression": { readonly scenario: string };
  "expression-without-scenario": { readonly expression: string };
  "text-not-understood": { readonly text: string };
  "two-queries": Record<string, never>;
  "more-of-them": { readonly count: number };
  "not-mended": { readonly reason: string };
}

export type RuleProblemCode = keyof RuleProblemFacts;

/** Something in a rule file that a person must look at; an error means that a rule could not be loaded. */
export interface RuleProblem {
  readonly code: RuleProblemCode;
  readonly severity: "error" | "warning" | "information";
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** The next move. */
  readonly next: string;
}

type Words<F> = readonly [RuleProblem["severity"], message: (facts: F) => string, next: (facts: F) => string];

const words: { readonly [C in RuleProblemCode]: Words<RuleProblemFacts[C]> } = {
  "unreadable-file": [
    "error",
    ({ reason }) => `The file can't be read: ${reason}.`,
    () => "Check the path and the permissions.",
  ],
  "not-a-file": [
    "error",
    ({ what }) => `This is ${what}, where a rule file or a folder is expected.`,
    () => "Name a file or a folder of rules.",
  ],
  "too-large": [
    "error",
    ({ size, limit }) => `The file has ${size} bytes; a rule file may have up to ${limit}.`,
    () => "Move tables of values into a watchlist or a file of events, and keep the rule small.",
  ],
  "not-text": ["error", ({ reason }) => `The file is not text: ${reason}.`, () => "Save the rule as UTF-8 text."],
  "empty-file": ["error", () => "The file is empty, where a rule is expected.", () => "Write a rule, or remove it."],
  "no-rule": [
    "warning",
    ({ expected }) => `No rule found here; expected ${expected}.`,
    () => "Leave the file out, or mark its queries so that they can be told from the prose.",
  ],
  "no-rule-files": [
    "warning",
    ({ extensions }) => `The folder holds no rule file (${extensions}).`,
    () => "Name another folder, or the file itself.",
  ],
  "yaml-syntax": ["error", ({ reason }) => `The YAML can't be read: ${reason}.`, ({ next }) => next],
  "json-syntax": [
    "error",
    ({ reason }) => `The JSON can't be read: ${reason}.`,
    () => "Correct the line; a template must be valid JSON.",
  ],
  "json-too-large": [
    "warning",
    ({ size, limit }) => `The file has ${size} bytes; JSON is searched for rules up to ${limit}.`,
    () => "Export fewer rules at a time, or leave the file out.",
  ],
  "rule-without-query": [
    "information",
    ({ kind }) => `A rule of the kind '${kind}' has no query of its own; it is left out.`,
    () => "Nothing: Microsoft's own engine feeds it.",
  ],
  "template-expression": [
    "error",
    ({ text }) => `The query is the template expression '${text}', which only a deployment can evaluate.`,
    () => "Put the query's text in its place, or into a variable or a parameter's default value.",
  ],
  "not-rules": [
    "information",
    ({ holds }) => `This file holds ${holds}, not rules.`,
    () => "Name it where they are expected.",
  ],
  "too-deep": [
    "error",
    ({ limit }) => `It nests deeper than ${limit} levels.`,
    () => "A rule needs fewer than ten: flatten it.",
  ],
  "too-many-aliases": [
    "error",
    ({ name, limit }) => `Expanding the alias '*${name}' would make more than ${limit} values.`,
    () => "Write the values out, or leave the alias away.",
  ],
  "alias-loop": [
    "error",
    ({ name }) => `The alias '*${name}' stands inside its own anchor.`,
    () => "Write the value out instead.",
  ],
  "unknown-alias": [
    "error",
    ({ name }) => `The alias '*${name}' has no anchor before it.`,
    ({ name }) => `Set '&${name}' on the value meant, or quote the text if '*' belongs to it.`,
  ],
  "duplicate-key": [
    "error",
    ({ key, firstLine }) => `The key '${key}' stands twice; it was given on line ${firstLine} already.`,
    () => "Keep one of the two.",
  ],
  "complex-key": ["error", () => "A list or a mapping stands where a key is expected.", () => "Quote the text."],
  "not-a-mapping": [
    "error",
    ({ found }) => `The YAML is ${found}, where the keys of a rule are expected.`,
    () => "Begin with 'id:', 'name:' and 'query: |'.",
  ],
  "function-not-rule": [
    "information",
    ({ name }) => `'${name}' defines a function (a parser), not a rule.`,
    () => "Save it as a function of the workspace; rules may call it.",
  ],
  "missing-query": [
    "error",
    ({ kind }) => `The ${kind} has no 'query:'.`,
    () => "Add 'query: |' with the KQL indented below it.",
  ],
  "empty-query": ["error", () => "The query is empty.", () => "Write the KQL."],
  "wrong-type": [
    "warning",
    ({ key, expected, found }) => `'${key}' is ${found}, where ${expected} is expected; it is not used.`,
    ({ key, expected }) => `Write '${key}' as ${expected}.`,
  ],
  "unknown-value": [
    "warning",
    ({ key, value, expected }) => `The ${key} '${value}' is not ${expected}; it is not used.`,
    ({ key, expected }) => `Set '${key}' to ${expected}.`,
  ],
  "id-not-guid": [
    "warning",
    ({ value }) => `The id '${value}' is not a GUID; it is kept as it is.`,
    () => "Give the rule a GUID of its own: Sentinel takes no other id.",
  ],
  "not-a-technique": [
    "warning",
    ({ value }) => `'${value}' is not the id of an ATT&CK technique; it is left out.`,
    () => "Write T and four digits, with .001 and so on for a sub-technique.",
  ],
  "control-character-in-query": [
    "warning",
    ({ code }) => `The query holds the control character ${code}; it is kept as it is.`,
    () => "Take it out if it came by accident: most tools refuse the file.",
  ],
  "unclosed-fence": [
    "warning",
    () => "This code block is never closed; it is read to the end of the file.",
    () => "Close it with the same fence.",
  ],
  "scenario-without-expression": [
    "warning",
    ({ scenario }) => `The scenario '${scenario}' has no 'Filter/Exclusion:' line.`,
    () => "Add one below it.",
  ],
  "expression-without-scenario": [
    "warning",
    ({ expression }) => `The exclusion '${expression}' has no 'Scenario:' line above it.`,
    () => "Say when it holds.",
  ],
  "text-not-understood": [
    "information",
    ({ text }) => `The line '${text}' is not part of a scenario; it is left out.`,
    () => "Move it into the hypothesis, or begin it with 'Scenario:' or 'Filter/Exclusion:'.",
  ],
  "two-queries": [
    "warning",
    () => "The query of the page is not the query of its rule; both are loaded.",
    () => "Keep the one that is meant.",
  ],
  "more-of-them": [
    "information",
    ({ count }) => `There are ${count} more repairs and problems than are listed here.`,
    () => "Mend what is listed, and read the file again.",
  ],
  "not-mended": [
    "warning",
    ({ reason }) => `No mended file can be offered: ${reason}.`,
    () => "Repair the file by hand, as the repairs above say.",
  ],
};

/** Words a problem at its place in the file. */
export function ruleProblem<C extends RuleProblemCode>(
  code: C,
  path: string,
  position: Position,
  facts: RuleProblemFacts[C],
): RuleProblem {
  const [severity, message, next] = words[code];
  const { line, column } = position;
  const shown = shownFacts(facts);
  return { code, severity, path, line, column, message: message(shown), next: next(shown) };
}

export function severityOf(code: RuleProblemCode): RuleProblem["severity"] {
  return words[code][0];
}
