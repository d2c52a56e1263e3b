import type { QueryEdit, QueryNote, QueryNoteCode, QueryNoteFacts } from "@goshawk/kql";
import { shown } from "../../rules/text/shown.ts";
import { codeRow } from "../codes.ts";
import { problem, type RuleCheck, type RuleContext } from "../context.ts";
import { fileEdits, stretchOf } from "../places.ts";
import type { CheckProblem } from "../problem.ts";

type Words<F> = readonly [message: (facts: F) => string, next?: (facts: F) => string];

const words: { readonly [C in QueryNoteCode]: Words<QueryNoteFacts[C]> } = {
  "no-time-filter": [
    ({ table }) => `Nothing bounds how far back ${table} is read.`,
    () => "Add 'where TimeGenerated > ago(7d)' ('Timestamp' in Defender), or as far as it should look.",
  ],
  "unbounded-sort": [
    () => "All rows of the answer are sorted.",
    () => "Use 'top n by', add 'take', or leave the sort out: alerts keep no order.",
  ],
  "contains-is-has": [
    ({ operator, has, text }) =>
      `'${operator} "${text}"' finds what '${has} "${text}"' finds, and can't use the index.`,
    ({ has }) => `Write '${has}'.`,
  ],
  "contains-for-has": [
    ({ operator, text }) => `'${operator}' looks for '${text}' inside of words too, and can't use the index.`,
    ({ has }) => `Write '${has}' unless it may stand inside of a longer word.`,
  ],
  "obsolete-function": [({ name, now }) => `The function '${name}' is obsolete; '${now}' took its place.`],
  "renamed-table": [
    ({ name, now }) => `The table '${name}' is called '${now}' since 2020.`,
    ({ now }) => `Write '${now}'.`,
  ],
  "always-true": [
    ({ column, condition }) => `'${condition}' is true whatever ${column} is: it leaves nothing out.`,
    () => "Join the exclusions by 'and'.",
  ],
  "never-true": [
    ({ column, condition }) => `'${condition}' is never true: ${column} can't be both.`,
    () => "Join the values by 'or', or write 'in'.",
  ],
  "or-of-exclusions": [
    ({ condition }) => `'${condition}' leaves out only rows that meet all of these: is that meant?`,
    () => "To leave out rows that meet any of them, join by 'and'.",
  ],
  "and-of-exclusions": [
    ({ columns, condition }) =>
      `'${condition}' leaves out rows that meet either one, whatever ${columns.join(" and ")} are together: is that meant?`,
    () => "To leave out only rows that meet both, write not(A == x and B == y).",
  ],
  "searches-everything": [
    ({ construct }) => `An analytics rule can't use '${construct}': Sentinel refuses it.`,
    () => "Name the tables.",
  ],
  "trailing-space": [
    ({ lines }) => `${lines === 1 ? "A line of the query ends" : `${lines} lines of the query end`} with spaces.`,
  ],
};

/** Which notes matter for which kinds of rules. */
function concerns(code: QueryNoteCode, kind: RuleContext["rule"]["kind"]): boolean {
  const analytics = kind === "scheduled" || kind === "nrt";
  if (code === "searches-everything") return analytics;
  return code !== "no-time-filter" || !analytics;
}

/** Errors of the query, and what is worth a second look in it. */
export const query: RuleCheck = (context) => {
  const found = context.query;
  if (found === undefined) return [];
  const notes = found.notes.filter(({ code }) => concerns(code, context.rule.kind));
  return [...errors(context), ...notes.map((note) => noted(context, note))];
};

const UNKNOWN_NAME = "KS142";
const UNKNOWN_TABLE = "KS204";
const UNKNOWN_FUNCTION = "KS211";

/** Codes for what can't be told without looking at rows. */
const undecided = new Set(["needs-discovery", "could-not-look"]);

function errors(context: RuleContext): readonly CheckProblem[] {
  const { rule, query: found } = context;
  const all = found?.diagnostics ?? [];
  const missing = all.some(({ code }) => code === UNKNOWN_TABLE || code === UNKNOWN_FUNCTION);
  const unknown = new Set(all.flatMap(({ code, span }) => (code === UNKNOWN_NAME ? [placeText(span)] : [])));
  return all.flatMap((item): readonly CheckProblem[] => {
    if (undecided.has(item.code)) return [];
    // Columns of what is unknown are unknown, too: one cause, one problem.
    if (missing && item.code === UNKNOWN_NAME) return [];
    if (item.code.startsWith("KS") && item.code !== UNKNOWN_NAME && unknown.has(placeText(item.span))) return [];
    const at = stretchOf(rule, item.span);
    if (!item.code.startsWith("KS") && !item.code.startsWith("unknown-"))
      return [problem(context, "not-run-here", at, { message: item.message })];
    const { path, name } = rule;
    return [{ code: item.code, severity: item.severity, path, ...at, message: item.message, rule: name }];
  });
}

/** What is unknown has no type either, which is no second problem. */
function placeText({ start, end }: { readonly start: number; readonly end: number }): string {
  return `${start}-${end}`;
}

function noted(context: RuleContext, note: QueryNote): CheckProblem {
  const { rule, file } = context;
  const [message, next] = words[note.code] as Words<unknown>;
  const facts = shortFacts(note.facts);
  const fix = note.fix === undefined || !isInPlace(note, rule.query) ? undefined : fileEdits(rule, note.fix, file);
  const said = problem(context, note.code, stretchOf(rule, note.span), {
    message: message(facts),
    ...(next === undefined ? {} : { next: next(facts) }),
    ...(fix === undefined ? {} : { fix }),
    severity: codeRow(note.code)[0],
  });
  if (note.instead === undefined) return said;
  return { ...said, instead: { query: rule.query, other: edited(rule.query, note.instead) } };
}

/** A fix that takes the place of a word must stand at that word, or it would break the query. */
function isInPlace({ facts, fix = [] }: QueryNote, query: string): boolean {
  const word = "name" in facts ? facts.name : "operator" in facts ? facts.operator : undefined;
  const [first] = fix;
  return word === undefined || first === undefined || query.slice(first.span.start, first.span.end) === word;
}

function shortFacts(facts: QueryNote["facts"]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(facts).map(([key, value]) => [key, typeof value === "string" ? shown(value) : value]),
  );
}

/** A query with edits applied. */
export function edited(text: string, edits: readonly QueryEdit[]): string {
  return edits
    .toSorted((a, b) => b.span.start - a.span.start)
    .reduce((made, { span, text: put }) => made.slice(0, span.start) + put + made.slice(span.end), text);
}
