import { type Diagnostic, type DiagnosticFacts, diagnostic } from "./diagnostic.ts";
import { type Span, span } from "./span.ts";

const MARK = "goshawk fault ";

/** The text with which a query ends itself where it finds too much; `runTimeFaultIn` makes a diagnostic of it again. */
export function runTimeFault({ start, end }: Span, facts: DiagnosticFacts["too-much"]): string {
  return `${MARK}${start} ${end} ${JSON.stringify(facts)}`;
}

/** What an engine's complaint means where the query raised it itself; undefined for complaints of the engine's own. */
export function runTimeFaultIn(complaint: string): Diagnostic | undefined {
  const [, start, end, facts] = /^Invalid Input Error: goshawk fault (\d+) (\d+) (\{.*\})\s*$/s.exec(complaint) ?? [];
  if (facts === undefined) return undefined;
  const { what, next } = JSON.parse(facts) as DiagnosticFacts["too-much"];
  return diagnostic("too-much", span(Number(start), Number(end)), { what, next });
}
