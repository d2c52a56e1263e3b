import { mkdir, rm, stat, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import type { Database, DuckDBConnection } from "@goshawk/engine/duckdb";
import type { KqlType } from "@goshawk/kql";
import { InvariantError, quoteText } from "@goshawk/kql";
import { catalogueTable } from "../catalogue/catalogue.ts";
import { sha256Of } from "../store/files.ts";
import type { Problem, Receipt, UnconvertedColumn } from "../store/receipt.ts";
import type { NewSegment, StoreWriter } from "../store/writer.ts";
import { detectTable, nameOfFile } from "./detectTable.ts";
import { sourcesOf } from "./formats/detectFormat.ts";
import { UnreadableError } from "./formats/unreadable.ts";
import { EXAMINED, HASHED } from "./meter.ts";
import type { RowSource } from "./rowSource.ts";
import { textRows } from "./sql.ts";
import { STDIN } from "./stdin.ts";
import { typeColumns } from "./typeColumns.ts";
import { type Member, membersOf } from "./unpack/members.ts";
import type { StagedEvents } from "./windows/stage.ts";
import { windowsSources } from "./windows/windowsSources.ts";
import { writeSegment } from "./writeSegment.ts";

export interface FileJob {
  readonly path: string;
  /** What the receipt calls it. */
  readonly shown: string;
  readonly id: string;
  readonly sha256: string;
  readonly writer: StoreWriter;
  readonly database: Database;
  readonly table?: string;
  readonly offsetTicks: bigint;
  /** Resolves when all files before this one are stored or have failed. */
  readonly turn: Promise<void>;
  /** The receipt of the same content, should it be stored by now, packed or not. */
  readonly before: (contentSum?: string) => Receipt | undefined;
  /** Fails where the file is not what its sum was taken of. */
  readonly unchanged: () => Promise<void>;
  readonly signal?: AbortSignal;
  /** Told how much of the file's work is done, from 0 to 1. */
  readonly onShare: (share: number) => void;
}

/** A job and the folder for its files in the making. */
interface Work extends FileJob {
  readonly scratch: string;
}

interface Gathered {
  readonly segments: NewSegment[];
  readonly unconverted: UnconvertedColumn[];
  readonly rejected: Problem[];
  readonly problems: Problem[];
  readonly notes: string[];
  readonly formats: Set<string>;
  /** Windows events of all members: one data set, in which processes are looked for. */
  readonly events: StagedEvents[];
}

const SHOWN_PROBLEMS = 20;

/** Stores the rows of one file, all of them or none, and answers with its receipt, or with that of its twin. */
export async function ingestFile(job: FileJob): Promise<Receipt> {
  const connection = await job.database.connect();
  const scratch = join(job.writer.workFolder, job.id);
  const stop = (): void => connection.interrupt();
  job.signal?.addEventListener("abort", stop);
  try {
    const gathered: Gathered = {
      segments: [],
      unconverted: [],
      rejected: [],
      problems: [],
      notes: [],
      formats: new Set(),
      events: [],
    };
    await mkdir(scratch, { recursive: true });
    const members = await membersOf(job.path, basename(job.path), scratch, job.signal);
    const content = await contentSum(members, job);
    const twin = content === undefined ? undefined : job.before(content);
    if (twin !== undefined) return twin;
    for (const [index, member] of members.entries()) {
      job.signal?.throwIfAborted();
      const onShare = (share: number): void => job.onShare(HASHED + ((1 - HASHED) * (index + share)) / members.length);
      await gatherMember(member, { ...job, scratch, onShare }, connection, gathered);
      if (member.path !== job.path && member.path !== "") await rm(member.path, { force: true });
    }
    if (gathered.events.length > 0) await gatherEvents({ ...job, scratch }, connection, gathered);
    job.signal?.throwIfAborted();
    if (gathered.segments.length === 0) throw new UnreadableError(whyNothing(gathered));
    await job.turn;
    await job.unchanged();
    return job.before(content) ?? (await commit({ ...job, scratch }, gathered, content));
  } finally {
    job.signal?.removeEventListener("abort", stop);
    connection.closeSync();
    await rm(scratch, { recursive: true, force: true });
  }
}

/** The sum of the one file that a gzip or an archive holds, by which it is known packed or not. */
async function contentSum(members: readonly Member[], job: FileJob): Promise<string | undefined> {
  const [only] = members;
  if (only === undefined || members.length > 1 || only.failure !== undefined || only.path === job.path)
    return undefined;
  return sha256Of(only.path, job.signal);
}

/** Nothing of the file was a row: its problems are the reason. */
function whyNothing(gathered: Gathered): string {
  const [first, ...more] = [...gathered.problems, ...gathered.rejected];
  if (first === undefined) return ["it holds no row", ...gathered.notes].join("; ");
  const place = [first.member, first.line === undefined ? undefined : `line ${first.line}`].filter(Boolean).join(", ");
  const rest = more.length === 0 ? "" : ` (and ${more.length} more like it)`;
  return `it holds no row that can be read: ${place === "" ? "" : `${place}: `}${first.message}${rest}`;
}

/** A member that can't be read is a problem of the archive; a plain file that can't be read fails as a whole. */
async function gatherMember(
  member: Member,
  job: Work,
  connection: DuckDBConnection,
  gathered: Gathered,
): Promise<void> {
  try {
    const named = member.name === undefined ? {} : { member: member.name };
    gathered.notes.push(...member.notes);
    if (member.failure !== undefined) throw new UnreadableError(member.failure);
    const sources = await sourcesOf(member.path, job.scratch, connection, job.table !== undefined);
    for (const [index, source] of sources.entries()) {
      job.onShare(EXAMINED + ((1 - EXAMINED) * index) / sources.length);
      gathered.formats.add([...member.wrapping, source.format].join(", "));
      gathered.rejected.push(...source.rejected.map((problem) => ({ ...named, ...problem })));
      gathered.problems.push(...source.problems.map((problem) => ({ ...named, ...problem })));
      gathered.notes.push(...source.notes);
      if (source.events !== undefined && job.table === undefined) gathered.events.push(source.events);
      else await gatherTables(source, member, job, connection, gathered);
    }
  } catch (error) {
    if (member.name === undefined || job.signal?.aborted === true) throw error;
    gathered.problems.push({ member: member.name, message: error instanceof Error ? error.message : String(error) });
  }
}

/** Each event stands in one table of Sentinel at least: else a mapping is wrong, and nothing is stored. */
async function gatherEvents(job: Work, connection: DuckDBConnection, gathered: Gathered): Promise<void> {
  const before = gathered.segments.length;
  for (const source of await windowsSources(gathered.events, job.scratch, connection)) {
    job.signal?.throwIfAborted();
    gathered.notes.push(...source.notes);
    await gatherTables(source, { title: "" }, job, connection, gathered);
  }
  const events = gathered.events.reduce((sum, staged) => sum + staged.events, 0);
  const rows = gathered.segments
    .slice(before)
    .filter((segment) => segment.table === "SecurityEvent" || segment.table === "Event")
    .reduce((sum, segment) => sum + segment.rows, 0);
  if (rows !== events) throw new InvariantError(`${events} Windows events became ${rows} rows of Sentinel's tables`);
}

async function gatherTables(
  source: RowSource,
  member: Pick<Member, "title">,
  job: Work,
  connection: DuckDBConnection,
  gathered: Gathered,
): Promise<void> {
  const order = source.dates ?? "month";
  const convert = { dayFirst: order === "day", offsetTicks: job.offsetTicks };
  gathered.notes.push(...orderNotes[order]);
  for (const group of await groupsOf(source, member, job, connection)) {
    // What columns become that no catalogue knows depends on the files before.
    if (!isKnown(group)) await job.turn;
    const rows = group.where === undefined ? source.sql : `select * from (${source.sql}) where ${group.where}`;
    const columns = await typeColumns(
      group.table,
      group.fields,
      storedColumns(group.table, job, gathered),
      { rows, texts: source.texts },
      connection,
    );
    const path = join(job.scratch, `${job.id}-${gathered.segments.length}.parquet`);
    const written = await writeSegment(
      { table: group.table, source: job.id, rows, columns, path, convert },
      connection,
    );
    if (written === undefined) continue;
    gathered.segments.push(written.segment);
    gathered.unconverted.push(...written.unconverted);
  }
}

function isKnown(group: Group): boolean {
  const columns = new Set(catalogueTable(group.table)?.columns.map((column) => column.name));
  return group.fields.every((field) => columns.has(field.name));
}

function storedColumns(table: string, job: Work, gathered: Gathered): NewSegment["columns"] {
  const inThisFile = gathered.segments
    .filter((segment) => segment.table === table)
    .flatMap((segment) => segment.columns);
  return [
    ...new Map([...job.writer.columns(table), ...inThisFile].map((column) => [column.name, column] as const)).values(),
  ];
}

interface Group {
  readonly table: string;
  readonly where?: string;
  readonly fields: readonly { readonly name: string; readonly index: number; readonly type?: KqlType }[];
}

/** The tables that a source's rows belong to, each with the condition that picks its rows. */
async function groupsOf(
  source: RowSource,
  member: Pick<Member, "title">,
  job: Work,
  connection: DuckDBConnection,
): Promise<readonly Group[]> {
  const { tableField } = source;
  const all = source.fields
    .map((name, index) => ({ name, index, ...kqlType(source.types?.get(name)) }))
    .filter((field) => field.name !== tableField || field.name === "Type");
  const filled = async (rows: string): Promise<typeof all> => {
    if (all.length === 0) return all;
    const [counts = []] = await textRows(
      connection,
      `select ${all.map(({ index }) => `count(f${index})`).join(", ")} from (${rows})`,
    );
    return all.filter((_, place) => counts[place] !== "0");
  };
  if (job.table !== undefined) return [{ table: job.table, fields: all }];
  if (tableField === undefined) {
    const table =
      source.table === undefined
        ? await detected(source, member, connection)
        : detectTable({ named: source.table, fileName: "", fields: [], actions: [] }).table;
    return [{ table, fields: all }];
  }
  const cell = `f${source.fields.indexOf(tableField)}`;
  const names =
    source.byName === undefined
      ? (
          await textRows(connection, `select distinct coalesce(${cell}, '') as n from (${source.sql}) order by n`)
        ).flat()
      : [...source.byName.keys()].sort();
  const groups: Group[] = [];
  for (const name of names) {
    const where = name === "" ? `coalesce(${cell}, '') = ''` : `${cell} = ${quoteText(name)}`;
    const known = source.byName?.get(name);
    const fields =
      names.length === 1
        ? all
        : known === undefined
          ? await filled(`select * from (${source.sql}) where ${where}`)
          : all.filter((field) => known.has(field.name));
    const clues = { named: name, fileName: member.title, fields: fields.map((field) => field.name), actions: [] };
    const table = name === "" || tableField.startsWith("$") ? explicit(name, member) : detectTable(clues).table;
    groups.push({ table, ...(names.length === 1 ? {} : { where }), fields });
  }
  return groups;
}

/** The table that an envelope names. */
function explicit(name: string, member: Pick<Member, "title">): string {
  if (name === "") return nameOfFile(member.title);
  return detectTable({ named: name, fileName: "", fields: [], actions: [] }).table;
}

const typeNames: Readonly<Record<string, KqlType>> = {
  bool: "bool",
  boolean: "bool",
  sbyte: "bool",
  int: "int",
  int32: "int",
  long: "long",
  int64: "long",
  real: "real",
  double: "real",
  decimal: "decimal",
  datetime: "datetime",
  timespan: "timespan",
  string: "string",
  guid: "guid",
  dynamic: "dynamic",
  object: "dynamic",
};

function kqlType(name: string | undefined): { readonly type?: KqlType } {
  const type = typeNames[(name ?? "").toLowerCase()];
  return type === undefined ? {} : { type };
}

async function detected(
  source: RowSource,
  member: Pick<Member, "title">,
  connection: DuckDBConnection,
): Promise<string> {
  const action = source.fields.indexOf("ActionType");
  const actions =
    action < 0
      ? []
      : await textRows(
          connection,
          `select distinct f${action} from (${source.sample ?? `${source.sql} limit 2000`}) where f${action} is not null`,
        );
  return detectTable({
    named: undefined,
    fileName: member.title,
    fields: source.fields,
    actions: actions.map(([name = ""]) => name),
  }).table;
}

const orderNotes = {
  day: ["dates were read day first, because some have a first number above 12"],
  month: [],
  unsure: ["dates such as 3/4/2026 were read month first; nothing in the file says otherwise, or proves it"],
} as const;

async function commit(job: Work, gathered: Gathered, content: string | undefined): Promise<Receipt> {
  const rejectedPath = join(job.scratch, `${job.id}-rejected.ndjson`);
  const { rejected, problems } = gathered;
  if (rejected.length > 0)
    await writeFile(rejectedPath, rejected.map((problem) => `${JSON.stringify(problem)}\n`).join(""));
  return job.writer.commit(
    {
      id: job.id,
      path: job.shown === STDIN ? STDIN : resolve(job.shown),
      format: [...gathered.formats].join("; "),
      bytes: (await stat(job.path)).size,
      sha256: job.sha256,
      ...(content === undefined ? {} : { contentSha256: content }),
      at: new Date().toISOString(),
      unconverted: gathered.unconverted,
      rejected: rejected.length,
      problems: [...problems, ...rejected].slice(0, SHOWN_PROBLEMS).map(shortened),
      notes: gathered.notes,
      ...(rejected.length === 0 ? {} : { rejectedPath }),
    },
    gathered.segments,
  );
}

function shortened(problem: Problem): Problem {
  return problem.text === undefined || problem.text.length <= 200
    ? problem
    : { ...problem, text: `${problem.text.slice(0, 200)}…` };
}
