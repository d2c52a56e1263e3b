import { writeFile } from "node:fs/promises";
import { type HuntEntry, huntsIn, readJournal, reportOf, reportPage } from "@goshawk/hunt";
import { existingStore } from "../existingStore.ts";
import { type ExitCode, exitCodes, UsageError } from "../exit.ts";
import { chosenFormat, resultText } from "../output/result.ts";
import type { Terminal } from "../terminal.ts";

export interface ReportOptions {
  readonly store: string;
  readonly out?: string;
  readonly list?: boolean;
  readonly format?: string;
}

/** `goshawk report [hunt]` */
export async function reportCommand(
  id: string | undefined,
  options: ReportOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const store = await existingStore(options.store);
  const { entries } = await readJournal(store.folder);
  const hunts = huntsIn(entries);
  if (options.list === true) return list(hunts, options, terminal);
  const page = reportPage(reportOf(entries, chosen(hunts, id, options.store)), new Date().toISOString());
  if (options.out === undefined) {
    if (terminal.outIsTerminal) throw new UsageError("a report is a page of HTML; give --out FILE, or send it to one");
    terminal.out(page);
    return exitCodes.ok;
  }
  await writeFile(options.out, page);
  terminal.note(`${options.out}: written.`);
  return exitCodes.ok;
}

function chosen(hunts: readonly HuntEntry[], id: string | undefined, store: string): HuntEntry {
  if (hunts.length === 0) throw new UsageError(`the store ${store} remembers no hunt; 'goshawk hunt' makes one`);
  const fitting = id === undefined ? hunts.slice(-1) : hunts.filter((hunt) => hunt.id.startsWith(id));
  const [only, ...more] = fitting;
  if (only === undefined) throw new UsageError(`no hunt is called ${id}; 'goshawk report --list' lists them`);
  if (more.length > 0) throw new UsageError(`${fitting.length} hunts begin with ${id}; give more of the id`);
  return only;
}

function list(hunts: readonly HuntEntry[], options: ReportOptions, terminal: Terminal): ExitCode {
  const rows = hunts.map(({ id, at, by, title, rules, exclusions }) => [
    id,
    at,
    by,
    String(rules.length),
    String(rules.reduce((sum, rule) => sum + rule.findings, 0)),
    String(rules.reduce((sum, rule) => sum + rule.suppressed, 0)),
    String(rules.filter((rule) => rule.outcome !== "findings" && rule.outcome !== "clean").length),
    String(exclusions.length),
    title,
  ]);
  const format = chosenFormat(options.format, terminal.outIsTerminal);
  terminal.out(
    resultText(
      {
        columns: [
          { name: "Hunt", type: "string" },
          { name: "At", type: "datetime" },
          { name: "By", type: "string" },
          { name: "Rules", type: "long" },
          { name: "Findings", type: "long" },
          { name: "Suppressed", type: "long" },
          { name: "CouldNotLook", type: "long" },
          { name: "Exclusions", type: "long" },
          { name: "Title", type: "string" },
        ],
        rows,
        truncated: false,
      },
      format,
      terminal.style,
    ),
  );
  return exitCodes.ok;
}
