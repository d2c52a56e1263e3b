import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Span } from "../diagnostics/span.ts";
import { convert, type PlaceOf } from "./convert.ts";
import { type DatabaseSymbols, globalsOf } from "./globals.ts";
import { type Insertion, withInsertions } from "./insertions.ts";
import { official } from "./load.ts";
import type { Syntax } from "./tree.ts";

/** A parsed and bound query. */
export interface Parsed {
  readonly root: Syntax;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Parses and binds `text` against `symbols` with the official parser, which sees the insertions as well; all positions
 * are those of `text`. A text that is no part of the query stands where `standsAt` says.
 */
export function parse(
  text: string,
  symbols: DatabaseSymbols,
  insertions: readonly Insertion[] = [],
  standsAt?: Span,
): Parsed {
  const shown = withInsertions(text, insertions);
  const place: PlaceOf = standsAt === undefined ? shown.place : () => standsAt;
  const code = official().KustoCode.ParseAndAnalyze(shown.text, globalsOf(symbols));
  const found = code.GetDiagnostics();
  const diagnostics: Diagnostic[] = [];
  for (let index = 0; index < found.Count; index++) {
    const item = found.getItem(index);
    diagnostics.push({
      code: item.Code as Diagnostic["code"],
      severity: severityOf(item.Severity),
      span: place(item.Start, item.Start + item.Length),
      message: item.Message,
    });
  }
  return { root: convert(code.Syntax, { place, phantoms: new Set() }), diagnostics };
}

function severityOf(name: string): Diagnostic["severity"] {
  return name === "Error" ? "error" : name === "Warning" ? "warning" : "information";
}
