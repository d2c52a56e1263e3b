import type { ResultTable } from "@goshawk/engine";
import { formatDatetime } from "@goshawk/kql";
import { openStore, type Receipt } from "@goshawk/store";
import { type ExitCode, exitCodes } from "../exit.ts";
import { chosenFormat, resultText } from "../output/result.ts";
import type { Terminal } from "../terminal.ts";

/** `goshawk sources` */
export async function sourcesCommand(
  options: { readonly store: string; readonly format?: string },
  terminal: Terminal,
): Promise<ExitCode> {
  const format = chosenFormat(options.format, terminal.outIsTerminal);
  const store = await openStore(options.store);
  const receipts = await store.sources();
  terminal.out(resultText(receiptsTable(receipts), format, terminal.style));
  return exitCodes.ok;
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
      String(receipt.unconverted.reduce((sum, column) => sum + column.count, 0)),
      String(receipt.rejected),
      receipt.at,
      receipt.sha256,
    ]),
    truncated: false,
  };
}
