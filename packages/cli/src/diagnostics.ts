import type { Diagnostic } from "@goshawk/kql";
import { positionAt } from "@goshawk/kql/values";
import { forTerminal } from "./output/escape.ts";

/** Diagnostics with the line that they speak of and a mark under the place. */
export function diagnosticsText(diagnostics: readonly Diagnostic[], text: string, name: string): string {
  return diagnostics.map((item) => oneText(item, text, name)).join("\n");
}

function oneText(item: Diagnostic, text: string, name: string): string {
  const at = positionAt(text, item.span.start);
  const line = text.split(/\r\n|\n|\r/)[at.line - 1] ?? "";
  const shown = forTerminal(line);
  const before = forTerminal(line.slice(0, at.column - 1));
  const length = Math.max(1, Math.min(item.span.end - item.span.start, line.length - at.column + 1));
  const mark = `${" ".repeat(before.length)}${"^".repeat(length)}`;
  return [
    `${name}:${at.line}:${at.column}: ${item.severity} ${item.code}: ${forTerminal(item.message)}`,
    `    ${shown}`,
    `    ${mark}`,
  ].join("\n");
}
