import type { ResultTable } from "@goshawk/engine";
import { formatDatetime } from "@goshawk/kql";
import type { Receipt } from "@goshawk/store";
import { existingStore } from "../existingStore.ts";
import { type ExitCode, exitCodes } from "../exit.ts";
import { chosenFormat, resultText } from "../output/result.ts";
import type { Terminal } from "../terminal.ts";

/** `goshawk sources` */
export async function sourcesCommand(
  options: { readonly store: string; readonly format?: string },
  terminal: Terminal,
): Promise<ExitCode> {
  const format = chosenFormat(options.format, terminal.outIsTerminal);
  const store = await existingStore(options.store);
  const receipts = await store.sources();
  const table = format === "table" ? screenTable(receipts, terminal.style.width) : receiptsTable(receipts);
  terminal.out(resultText(table, format, terminal.style));
  return exitCodes.ok;
}

/** What a screen has room for: of a path its end, of times the day, and what went wrong in one number. */
function screenTable(receipts: readonly Receipt[], width: number): ResultTable {
  const isNarrow = width < NARROW;
  const column = <C>(item: C): readonly C[] => (isNarrow ? [] : [item]);
  const day = (ticks: bigint | null): string | null => (ticks === null ? null : formatDatetime(ticks).slice(0, 10));
  return {
    columns: [
      { name: "Path", type: "string" },
      ...column({ name: "Format", type: "string" } as const),
      { name: "Tables", type: "string" },
      { name: "Rows", type: "long" },
      { name: "FirstDay", type: "datetime" },
      { name: "LastDay", type: "datetime" },
      { name: "Faults", type: "long" },
    ],
    rows: receipts.map((receipt) => [
      endOf(receipt.path, isNarrow ? 18 : 34),
      ...column(receipt.format),
      receipt.tables.map((table) => table.table).join(" "),
      String(receipt.rows),
      day(receipt.firstEvent),
      day(receipt.lastEvent),
      String(unconverted(receipt) + receipt.rejected),
    ]),
    truncated: false,
  };
}

const NARROW = 110;

function endOf(path: string, longest: number): string {
  return path.length > longest ? `…${path.slice(1 - longest)}` : path;
}

function unconverted(receipt: Receipt): number {
  return receipt.unconverted.reduce((sum, column) => sum + column.count, 0);
}

function receiptsTable(receipts: readonly Receipt[]): ResultTable {
  const time = (ticks: bigint | null): string | null => (ticks === null ? null : formatDatetime(ticks));
  return {
    columns: [
      { name: "Path", type: "string" },
      { name: "Format", type: "string" },
      { name: "Tables", type: "string" },
      { name: "Rows", type: "long" },
      { name: "Removed", type: "long" },
      { name: "FirstEvent", type: "datetime" },
      { name: "LastEvent", type: "datetime" },
      { name: "Unconverted", type: "long" },
      { name: "Rejected", type: "long" },
      { name: "IngestedAt", type: "datetime" },
      { name: "Sha256", type: "string" },
    ],
    rows: receipts.map((receipt) => [
      receipt.path,
      receipt.format,
      receipt.tables.map((table) => table.table).join(" "),
      String(receipt.rows),
      String(receipt.removed),
      time(receipt.firstEvent),
      time(receipt.lastEvent),
      String(unconverted(receipt)),
      String(receipt.rejected),
      receipt.at,
      receipt.sha256,
    ]),
    truncated: false,
  };
}
