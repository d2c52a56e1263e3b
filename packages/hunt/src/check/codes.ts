import type { QueryNoteCode } from "@goshawk/kql";
import type { CheckSeverity } from "./problem.ts";

/** What a code means, in one sentence, and how much it weighs. */
export interface CheckCode {
  readonly code: string;
  readonly severity: CheckSeverity;
  readonly summary: string;
}

type Row = readonly [severity: CheckSeverity, summary: string];

/** The codes of what is said of queries and of what rules say around them. */
export type RuleCheckCode =
  | QueryNoteCode
  | "not-run-here"
  | "gave-up"
  | "unknown-custom-table"
  | "unknown-tactic"
  | "tactic-spelling"
  | "unknown-technique"
  | "revoked-technique"
  | "deprecated-technique"
  | "technique-without-tactic"
  | "unknown-entity-type"
  | "unknown-identifier"
  | "unmapped-column"
  | "too-many-mappings"
  | "unknown-detail-column"
  | "unknown-override-column"
  | "period-below-look-back"
  | "period-below-frequency"
  | "schedule-limit"
  | "query-too-long"
  | "missing-schedule"
  | "not-an-nrt-rule"
  | "not-a-custom-detection"
  | "duplicate-id"
  | "silence-without-reason"
  | "unused-silence";

const ofRules: Readonly<Record<RuleCheckCode, Row>> = {
  "not-run-here": ["information", "Goshawk can't translate the query; Kusto may run it."],
  "gave-up": ["error", "The query takes more time or memory to read than any query should."],
  "no-time-filter": ["information", "A hunting query reads a table without a lower bound on its time."],
  "unbounded-sort": ["information", "All rows of the answer are sorted; top or take would bound them."],
  "contains-is-has": ["information", "'contains' looks for a text that 'has' finds as well, from an index."],
  "contains-for-has": ["information", "'contains' looks for a whole word; 'has' finds words from an index."],
  "obsolete-function": ["warning", "A function goes under a name that Microsoft calls obsolete."],
  "renamed-table": ["warning", "A table goes under the name that it had before 2020."],
  "always-true": ["warning", "A condition is true for every row, so it leaves nothing out."],
  "never-true": ["warning", "A condition is true for no row, so nothing is found."],
  "or-of-exclusions": [
    "information",
    "Exclusions joined by 'or' leave out only what meets all of them: is that meant?",
  ],
  "and-of-exclusions": ["information", "Exclusions joined by 'and' leave out what meets any of them: is that meant?"],
  "searches-everything": ["error", "An analytics rule may not search all tables ('search', 'union *')."],
  "trailing-space": ["information", "Lines of the query end with spaces."],
  "unknown-custom-table": ["information", "A custom table's columns are not known here, so names can't be checked."],
  "unknown-tactic": ["warning", "A tactic is none of ATT&CK's."],
  "tactic-spelling": ["warning", "A tactic is not spelt as Sentinel's content spells it."],
  "unknown-technique": ["warning", "A technique is not in ATT&CK's Enterprise matrix."],
  "revoked-technique": ["warning", "ATT&CK revoked a technique; another took its place."],
  "deprecated-technique": ["warning", "ATT&CK deprecated a technique, and none took its place."],
  "technique-without-tactic": ["information", "A technique serves none of the tactics that the rule names."],
  "unknown-entity-type": ["error", "An entity mapping names a type that Sentinel doesn't have."],
  "unknown-identifier": ["error", "An entity mapping names an identifier that its type doesn't have."],
  "unmapped-column": ["error", "An entity mapping names a column that the query doesn't return."],
  "too-many-mappings": ["error", "A rule may have ten entity mappings, each with three identifiers."],
  "unknown-detail-column": ["error", "A custom detail names a column that the query doesn't return."],
  "unknown-override-column": ["error", "The alert's details name a column that the query doesn't return."],
  "period-below-look-back": ["warning", "The query looks back further than the rule lets it (queryPeriod)."],
  "period-below-frequency": ["error", "The rule looks back less far than it waits: events in between are never seen."],
  "schedule-limit": ["error", "Frequency and period lie outside of what Sentinel allows."],
  "query-too-long": ["error", "A query of an analytics rule may have 10000 characters."],
  "missing-schedule": ["error", "A scheduled rule doesn't say how often it runs and how far back it looks."],
  "not-an-nrt-rule": ["error", "A near-real-time rule does what such rules can't do."],
  "not-a-custom-detection": ["error", "A custom detection doesn't return what Defender needs of it."],
  "duplicate-id": ["error", "Two rules have the same id."],
  "silence-without-reason": ["warning", "A comment silences a code without a reason, so it doesn't."],
  "unused-silence": ["information", "A comment silences a code that isn't raised there."],
};

/** What is said of files as they are read. */
const ofFiles: Readonly<Record<string, string>> = {
  "unreadable-file": "A file can't be read.",
  "not-a-file": "A path leads to neither a file nor a folder.",
  "too-large": "A file is larger than a rule may be.",
  "json-too-large": "A JSON file is larger than what is searched for rules.",
  "not-text": "A file holds no text.",
  "empty-file": "A file is empty.",
  "no-rule": "A file holds no rule.",
  "no-rule-files": "A folder holds no rule file.",
  "yaml-syntax": "The YAML can't be read.",
  "json-syntax": "The JSON can't be read.",
  "too-deep": "Lists and mappings nest too deep.",
  "too-many-aliases": "Aliases expand to more values than a rule may have.",
  "alias-loop": "An alias stands inside its own anchor.",
  "unknown-alias": "An alias has no anchor.",
  "duplicate-key": "A key stands twice.",
  "complex-key": "A list or a mapping stands where a key is expected.",
  "not-a-mapping": "The YAML is no mapping of keys.",
  "function-not-rule": "A file defines a function, not a rule.",
  "rule-without-query": "A rule is of a kind that has no query.",
  "template-expression": "Only a deployment of the template can tell the query.",
  "not-rules": "A file holds tests or exclusions.",
  "missing-query": "A rule has no query.",
  "empty-query": "A query is empty.",
  "wrong-type": "A key holds a value of the wrong type.",
  "unknown-value": "A key holds a value that Sentinel doesn't know.",
  "id-not-guid": "An id is no GUID.",
  "not-a-technique": "A technique's id is not written as one.",
  "control-character-in-query": "A query holds a control character.",
  "unclosed-fence": "A code block is never closed.",
  "scenario-without-expression": "A scenario has no expression.",
  "expression-without-scenario": "An expression has no scenario.",
  "text-not-understood": "A line of a page is no part of a scenario.",
  "two-queries": "A page's query is not that of its rule.",
  "more-of-them": "There is more to say of a file than is listed.",
  "not-mended": "No mended file can be offered.",
  "byte-order-mark": "A file begins with a byte-order mark.",
  encoding: "A file is not UTF-8.",
  "undecodable-bytes": "A file holds bytes that its encoding doesn't allow.",
  "line-ends": "Lines end with a carriage return.",
  "control-character": "A file holds a control character that YAML forbids.",
  "tab-indentation": "Lines are indented by tabs.",
  "lost-indentation": "A block lost its indentation.",
  "outdented-lines": "Lines of a block stand left of its margin.",
  "column-of-the-dash": "A key stands at the column of the list's dash.",
  "unquoted-placeholder": "A placeholder in braces is not quoted.",
  "swallowed-keys": "Keys are indented into the query's text.",
  "scalar-list": "A single text stands where a list is expected.",
  "key-spelling": "A key is not spelt as rules spell it.",
  "value-spelling": "A value is not spelt as rules spell it.",
  "misspelt-value": "A value is misspelt; it was read as the one that is nearest.",
  "missing-id": "A rule has no id.",
  "missing-name": "A rule has no name.",
};

/** Codes of Microsoft's own binder that come up most; the others speak for themselves. */
const ofKql: Readonly<Record<string, string>> = {
  KS142: "A name refers to no column, table, variable or function.",
  KS204: "A name refers to no table.",
  KS211: "A name refers to no function.",
  "unknown-column": "A name refers to no column.",
  KS001: "A quote or bracket is not closed.",
  KS002: "A character has no meaning where it stands.",
  KS005: "Something else is expected where a word stands.",
  KS006: "The query's syntax is wrong.",
  KS106: "An operator takes no values of these types.",
  KS107: "A value is of another type than is expected.",
  KS198: "A part of the text belongs to no statement.",
  KS245: "The query nests deeper than Kusto allows.",
};

export function codeRow(code: RuleCheckCode): Row {
  return ofRules[code];
}

/** What a code means, whoever raised it. */
export function summaryOf(code: string): string {
  const own: Readonly<Record<string, Row>> = ofRules;
  return own[code]?.[1] ?? ofFiles[code] ?? ofKql[code] ?? "Microsoft's KQL binder refuses the query.";
}

/** All codes of our own, for documentation and for tools that list them. */
export function checkCodes(): readonly CheckCode[] {
  return Object.entries(ofRules).map(([code, [severity, summary]]) => ({ code, severity, summary }));
}

/** Whether a code can be silenced or disabled by that name. */
export function isCheckCode(code: string): boolean {
  return Object.hasOwn(ofRules, code) || Object.hasOwn(ofFiles, code) || /^KS\d+$/.test(code);
}
