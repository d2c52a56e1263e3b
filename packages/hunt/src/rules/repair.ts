import type { Position } from "@goshawk/kql";
import { shownFacts } from "./text/shown.ts";

/** What each repair must be told, so that its words can't be made without its facts. */
export interface RepairFacts {
  "byte-order-mark": { readonly encoding: string };
  encoding: { readonly encoding: string };
  "undecodable-bytes": { readonly encoding: string; readonly byte: number };
  "line-ends": { readonly count: number };
  "control-character": { readonly code: string };
  "tab-indentation": { readonly lines: number };
  "lost-indentation": { readonly key: string; readonly lines: number };
  "outdented-lines": { readonly key: string; readonly lines: number };
  "column-of-the-dash": { readonly key: string; readonly lines: number };
  "unquoted-placeholder": { readonly text: string };
  "swallowed-keys": { readonly keys: readonly string[] };
  "scalar-list": { readonly key: string; readonly items: readonly string[] };
  "key-spelling": { readonly from: string; readonly to: string };
  "value-spelling": { readonly key: string; readonly from: string; readonly to: string };
  "misspelt-value": { readonly key: string; readonly from: string; readonly to: string };
  "missing-id": { readonly id: string };
  "missing-name": { readonly name: string };
}

export type RepairCode = keyof RepairFacts;

/** Something in a rule file that was wrong and could be read all the same; the query's text is never touched. */
export interface Repair {
  readonly code: RepairCode;
  /** "structure" changes how the YAML is laid out, "value" a single value, "text" how characters are stored. */
  readonly kind: "text" | "structure" | "value";
  readonly what: string;
  readonly fix: string;
  readonly line: number;
  readonly column: number;
}

type Words<F> = readonly [kind: Repair["kind"], what: (facts: F) => string, fix: (facts: F) => string];

const words: { readonly [C in RepairCode]: Words<RepairFacts[C]> } = {
  "byte-order-mark": [
    "text",
    ({ encoding }) => `the file begins with a ${encoding} byte-order mark`,
    () => "left it out",
  ],
  encoding: ["text", ({ encoding }) => `the file is ${encoding}`, () => "read it as such; UTF-8 is what tools expect"],
  "undecodable-bytes": [
    "text",
    ({ byte }) => `the bytes from ${byte} on are not what the encoding allows`,
    ({ encoding }) => `read the file as ${encoding}`,
  ],
  "line-ends": [
    "text",
    ({ count }) => `a carriage return ends ${lines(count)}`,
    () => "read each line end as a line feed",
  ],
  "control-character": ["text", ({ code }) => `the control character ${code}, which YAML forbids`, () => "left it out"],
  "tab-indentation": [
    "structure",
    (facts) => `${lines(facts.lines)} indented by tabs, which YAML forbids`,
    () => "put spaces in place of the tabs",
  ],
  "lost-indentation": [
    "structure",
    (facts) => `'${facts.key}:' lost the indentation of ${lines(facts.lines)} below it`,
    () => "indented them again",
  ],
  "outdented-lines": [
    "structure",
    (facts) => `the text of '${facts.key}:' has ${lines(facts.lines)} left of its own margin`,
    () => "indented them to the margin",
  ],
  "column-of-the-dash": [
    "structure",
    ({ key }) => `'${key}:' stands at the column of the list's dash, where YAML expects '-'`,
    (facts) => `indented ${lines(facts.lines)} by two`,
  ],
  "unquoted-placeholder": [
    "structure",
    ({ text }) => `'${text}' is not quoted, so YAML reads the braces as a mapping`,
    () => "quoted it",
  ],
  "swallowed-keys": [
    "structure",
    ({ keys }) => `${list(keys)} indented into the text of 'query:'`,
    () => "ended the query before it and read the keys as the rule's own",
  ],
  "scalar-list": [
    "value",
    ({ key }) => `'${key}:' is a single text where a list is expected`,
    ({ items }) => `read it as the list [${items.join(", ")}]`,
  ],
  "key-spelling": ["value", ({ from }) => `the key '${from}'`, ({ to }) => `read it as '${to}'`],
  "value-spelling": ["value", ({ key, from }) => `the ${key} '${from}'`, ({ to }) => `read it as '${to}'`],
  "misspelt-value": ["value", ({ key, from }) => `the ${key} '${from}'`, ({ to }) => `read it as '${to}'`],
  "missing-id": ["value", () => "the rule has no id", ({ id }) => `derived ${id} from path and name`],
  "missing-name": ["value", () => "the rule has no name", ({ name }) => `named it '${name}' after its file`],
};

/** Words a repair at its place in the file. */
export function repair<C extends RepairCode>(code: C, position: Position, facts: RepairFacts[C]): Repair {
  const [kind, what, fix] = words[code];
  const shown = shownFacts(facts);
  return { code, kind, what: what(shown), fix: fix(shown), line: position.line, column: position.column };
}

function lines(count: number): string {
  return count === 1 ? "one line" : `${count} lines`;
}

function list(keys: readonly string[]): string {
  return keys.map((key) => `'${key}:'`).join(", ");
}
