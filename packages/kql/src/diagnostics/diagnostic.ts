import type { Span } from "./span.ts";

/** What each of our own codes must be told; official codes (KS…) pass through with their own text. */
export interface DiagnosticFacts {
  "unsupported-operator": { readonly name: string; readonly reason: string };
  "unsupported-function": { readonly name: string; readonly reason: string };
  "unsupported-argument": { readonly name: string; readonly argument: string; readonly reason: string };
  "unsupported-syntax": { readonly construct: string; readonly reason: string };
  "no-overload": { readonly name: string; readonly given: readonly string[]; readonly expected: readonly string[] };
  "unknown-column": { readonly name: string; readonly nearest: readonly string[] };
  "unknown-table": { readonly name: string; readonly nearest: readonly string[] };
  "unknown-function": { readonly name: string };
  /** Data that no query can find out: `next` says how to bring them, as a sentence. */
  "could-not-look": { readonly name: string; readonly reason: string; readonly next: string };
  "not-a-constant": { readonly name: string; readonly what: string };
  "not-serialized": { readonly name: string };
  "needs-discovery": { readonly name: string };
  "empty-query": Record<string, never>;
  /** Found while the query ran: `what` is too large, and `next` says what to change, both as sentences. */
  "too-much": { readonly what: string; readonly next: string };
  "no-latest-event": { readonly tables: readonly string[] };
}

export type DiagnosticCode = keyof DiagnosticFacts;

/** Something to say about a query, rule or request, at a place in its text. */
export interface Diagnostic {
  readonly code: DiagnosticCode | `KS${string}`;
  readonly severity: "error" | "warning" | "information";
  readonly span: Span;
  readonly message: string;
}

const messages: { readonly [C in DiagnosticCode]: (facts: DiagnosticFacts[C]) => string } = {
  "unsupported-operator": ({ name, reason }) => `The operator '${name}' can't be run here: ${reason}.`,
  "unsupported-function": ({ name, reason }) => `The function '${name}' can't be run here: ${reason}.`,
  "unsupported-argument": ({ name, argument, reason }) => `'${name}' can't be run here with ${argument}: ${reason}.`,
  "unsupported-syntax": ({ construct, reason }) => `${construct} can't be run here: ${reason}.`,
  "no-overload": ({ name, given, expected }) =>
    `'${name}' can't be run here with (${given.join(", ")}); expected ${expected.join(" or ")}.`,
  "unknown-column": ({ name, nearest }) =>
    `The name '${name}' does not refer to any known column.${didYouMean(nearest)}`,
  "unknown-table": ({ name, nearest }) => `The name '${name}' does not refer to any known table.${didYouMean(nearest)}`,
  "unknown-function": ({ name }) => `The name '${name}' does not refer to any known function.`,
  "could-not-look": ({ name, reason, next }) => `Could not look at ${name}: ${reason}. ${next}`,
  "not-a-constant": ({ name, what }) => `'${name}' needs a constant for ${what}.`,
  "not-serialized": ({ name }) => `'${name}' needs serialized rows: put 'serialize' or 'sort by' before it.`,
  "needs-discovery": ({ name }) =>
    `The columns of '${name}' depend on the rows: without data to look at, write them out, e.g. : (*, a: long).`,
  "no-latest-event": ({ tables }) =>
    tables.length === 0
      ? "The query reads no table, so no event can tell what now() says; give a time with --now."
      : `No row of ${tables.join(", ")} has an event time here, so none can tell what now() says; give a time with --now.`,
  "too-much": ({ what, next }) => `${what} ${next}`,
  "empty-query": () => "The query holds no tabular or scalar expression.",
};

/** Makes a diagnostic; its facts make its message. */
export function diagnostic<C extends DiagnosticCode>(code: C, span: Span, facts: DiagnosticFacts[C]): Diagnostic {
  return { code, severity: "error", span, message: messages[code](facts) };
}

function didYouMean(nearest: readonly string[]): string {
  return nearest.length === 0 ? "" : ` Did you mean ${nearest.map((name) => `'${name}'`).join(", ")}?`;
}

/** Thrown to leave a binding that can't go on; caught by `compile`, which returns the diagnostic as a value. */
export class Refusal extends Error {
  readonly diagnostic: Diagnostic;
  /** The name that it is about, where it is about one. */
  readonly subject: string | undefined;
  /** The stored function in whose body it arose; its place in the query is the call. */
  readonly within: string | undefined;
  constructor(found: Diagnostic, subject?: string, within?: string) {
    super(found.message);
    this.name = "Refusal";
    this.diagnostic = found;
    this.subject = subject;
    this.within = within;
  }
}

/** Refuses the query at `span`. */
export function refuse<C extends DiagnosticCode>(code: C, span: Span, facts: DiagnosticFacts[C]): never {
  throw new Refusal(diagnostic(code, span, facts), "name" in facts ? facts.name : undefined);
}

/** Our own mistake: what was expected and what was found. */
export class InvariantError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "InvariantError";
  }
}
