import type { TableReading } from "@goshawk/engine";
import { forTerminal } from "./escape.ts";

/** How much of the stored tables a query reads, for people. */
export function readingText(reading: readonly TableReading[]): string {
  if (reading.length === 0) return "No stored table is read.";
  return reading
    .map((of) => [headline(of), ...of.reasons.map((reason) => `  ${forTerminal(reason)}`)].join("\n"))
    .join("\n");
}

function headline({ table, files, blocks, reasons }: TableReading): string {
  const name = forTerminal(table);
  if (blocks.read === blocks.of && reasons.length === 0)
    return `${name}: read all ${count(blocks.of)} blocks; no time, value or term that the query asks for rules one out`;
  return `${name}: read ${count(blocks.read)} of ${count(blocks.of)} blocks, in ${count(files.read)} of ${count(files.of)} files`;
}

function count(number: number): string {
  return number.toLocaleString("en");
}
