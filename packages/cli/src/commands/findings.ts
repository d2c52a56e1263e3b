import type { ResultTable } from "@goshawk/engine";
import {
  appendEntries,
  type DecisionEntry,
  type FindingRecord,
  foldJournal,
  readJournal,
  statuses,
  verdicts,
} from "@goshawk/hunt";
import { openStore } from "@goshawk/store";
import { type ExitCode, exitCodes, UsageError } from "../exit.ts";
import { userName } from "../hunt/record.ts";
import { chosenFormat, resultText } from "../output/result.ts";
import type { Terminal } from "../terminal.ts";

export interface FindingsOptions {
  readonly store: string;
  readonly format?: string;
  readonly rule?: string;
  readonly presence?: string;
  readonly status?: string;
  readonly verdict?: string;
  readonly suppressed?: boolean;
}

/** `goshawk findings` */
export async function findingsCommand(options: FindingsOptions, terminal: Terminal): Promise<ExitCode> {
  const format = chosenFormat(options.format, terminal.outIsTerminal);
  const records = (await readRecords(options.store, terminal)).filter((record) => isWanted(record, options));
  terminal.out(resultText(recordsTable(records), format, terminal.style));
  return exitCodes.ok;
}

async function readRecords(folder: string, terminal: Terminal): Promise<readonly FindingRecord[]> {
  const store = await openStore(folder);
  const { entries, broken } = await readJournal(store.folder);
  if (broken.length > 0)
    terminal.note(`${store.folder}/findings.ndjson: line ${broken.join(", ")} can't be read and was left out.`);
  return foldJournal(entries);
}

function isWanted(record: FindingRecord, options: FindingsOptions): boolean {
  const hidden = record.latest.suppressedBy.length > 0;
  const rule = options.rule?.toLowerCase();
  return (
    (options.suppressed === true || !hidden) &&
    (rule === undefined || record.rule.id === options.rule || record.rule.name.toLowerCase().includes(rule)) &&
    (options.presence === undefined || record.presence === options.presence) &&
    (options.status === undefined || record.status === options.status) &&
    (options.verdict === undefined || record.verdict === options.verdict)
  );
}

function recordsTable(records: readonly FindingRecord[]): ResultTable {
  return {
    columns: [
      { name: "Id", type: "string" },
      { name: "Presence", type: "string" },
      { name: "Status", type: "string" },
      { name: "Verdict", type: "string" },
      { name: "Entity", type: "string" },
      { name: "FirstSeen", type: "datetime" },
      { name: "LastSeen", type: "datetime" },
      { name: "Runs", type: "long" },
      { name: "Rule", type: "string" },
      { name: "Technique", type: "string" },
      { name: "SuppressedBy", type: "string" },
      { name: "Assignee", type: "string" },
      { name: "Comment", type: "string" },
    ],
    rows: records.map((record) => [
      record.id,
      record.presence,
      record.status,
      record.verdict,
      record.entity,
      record.firstSeen,
      record.lastSeen,
      String(record.runs),
      record.rule.name,
      record.rule.techniques.join(" "),
      record.latest.suppressedBy.join(" "),
      record.assignee,
      record.comments.at(-1)?.text ?? "",
    ]),
    truncated: false,
  };
}

export interface FindingsSetOptions {
  readonly store: string;
  readonly status?: string;
  readonly verdict?: string;
  readonly comment?: string;
  readonly assignee?: string;
}

/** `goshawk findings set <id>…` */
export async function findingsSetCommand(
  ids: readonly string[],
  options: FindingsSetOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const status = oneOf("--status", options.status, statuses);
  const verdict = oneOf("--verdict", options.verdict, verdicts);
  const { comment, assignee } = options;
  if ([status, verdict, comment, assignee].every((value) => value === undefined))
    throw new UsageError("nothing to set; give --status, --verdict, --comment or --assignee");
  const known = new Set((await readRecords(options.store, terminal)).map((record) => record.id));
  const strange = ids.filter((id) => !known.has(id));
  if (strange.length > 0)
    throw new UsageError(`no finding is called ${strange.join(", ")}; 'goshawk findings' lists them`);
  const store = await openStore(options.store);
  const entry: DecisionEntry = {
    kind: "decision",
    at: new Date().toISOString(),
    by: userName(),
    ids,
    ...(status === undefined ? {} : { status }),
    ...(verdict === undefined ? {} : { verdict }),
    ...(comment === undefined ? {} : { comment }),
    ...(assignee === undefined ? {} : { assignee }),
  };
  await appendEntries(store.folder, [entry]);
  terminal.note(`${ids.length} ${ids.length === 1 ? "finding" : "findings"} set.`);
  return exitCodes.ok;
}

function oneOf<T extends string>(option: string, text: string | undefined, known: readonly T[]): T | undefined {
  if (text === undefined) return undefined;
  const found = known.find((value) => value === text);
  if (found === undefined) throw new UsageError(`${option} '${text}' is none of ${known.join(", ")}`);
  return found;
}
