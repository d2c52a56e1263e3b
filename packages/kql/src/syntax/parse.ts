import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { type Span, span } from "../diagnostics/span.ts";
import { convert, type PlaceOf } from "./convert.ts";
import { type DatabaseSymbols, globalsOf } from "./globals.ts";
import { type Insertion, withInsertions } from "./insertions.ts";
import { official, officialGlobals } from "./load.ts";
import type { OfficialCode } from "./official.ts";
import type { Syntax } from "./tree.ts";

/** A parsed and bound query. */
export interface Parsed {
  readonly root: Syntax;
  readonly diagnostics: readonly Diagnostic[];
}

export type OnPhase = (phase: "parse" | "convert") => void;

interface ParseOptions {
  readonly insertions?: readonly Insertion[];
  readonly standsAt?: Span;
  readonly onPhase?: OnPhase;
}

/**
 * Parses and binds `text` against `symbols` with the official parser, which sees the insertions as well; all positions
 * are those of `text`. A text that is no part of the query stands where `standsAt` says.
 */
export function parse(
  text: string,
  symbols: DatabaseSymbols,
  { insertions = [], standsAt, onPhase }: ParseOptions = {},
): Parsed {
  const shown = withInsertions(text, insertions);
  const place: PlaceOf = standsAt === undefined ? shown.place : () => standsAt;
  onPhase?.("parse");
  const code = official().KustoCode.ParseAndAnalyze(shown.text, globalsOf(symbols));
  onPhase?.("convert");
  const diagnostics = diagnosticsOf(code, place);
  // Such a tree was not bound, and may be deeper than a recursion over it can go.
  const tree = diagnostics.some((item) => item.code === TOO_DEEP)
    ? official().KustoCode.Parse("", officialGlobals())
    : code;
  return { root: convert(tree.Syntax, { place, phantoms: new Set() }), diagnostics };
}

const TOO_DEEP = "KS245";

/** The first error of a text's syntax alone, whatever its names refer to. */
export function syntaxError(text: string): Diagnostic | undefined {
  const code = official().KustoCode.Parse(text, officialGlobals());
  return diagnosticsOf(code, inText).find((item) => item.severity === "error");
}

const inText: PlaceOf = (start, end) => span(start, end);

function diagnosticsOf(code: OfficialCode, place: PlaceOf): readonly Diagnostic[] {
  const found = code.GetDiagnostics();
  return Array.from({ length: found.Count }, (_, index) => found.getItem(index)).map((item) => ({
    code: item.Code as Diagnostic["code"],
    severity: severityOf(item.Severity),
    span: place(item.Start, item.Start + item.Length),
    message: item.Message,
  }));
}

function severityOf(name: string): Diagnostic["severity"] {
  return name === "Error" ? "error" : name === "Warning" ? "warning" : "information";
}
