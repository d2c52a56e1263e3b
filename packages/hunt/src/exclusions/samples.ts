import type { Backend } from "@goshawk/engine";
import { formatDatetime, type KqlType, parseDatetime } from "@goshawk/kql";
import type { Exclusion, Meaning, SampleRow } from "./exclusion.ts";
import { type EventTime, evidenceLets, hidingStep } from "./narrowing.ts";

export interface TypedColumn {
  readonly name: string;
  readonly type: KqlType;
}

/** A sample that came out otherwise than its exclusion says, or could not be tried. */
export interface FailedSample {
  readonly list: "hidden" | "survive";
  /** One-based, in its list. */
  readonly number: number;
  readonly message: string;
}

export interface SampleOptions {
  readonly now: bigint;
  readonly eventTime: EventTime;
  readonly columns: (table: string) => readonly TypedColumn[];
  readonly signal?: AbortSignal;
}

/** Puts the samples of an exclusion to the engine. */
export async function failedSamples(
  exclusion: Exclusion & { readonly meaning: Meaning },
  backend: Backend,
  options: SampleOptions,
): Promise<readonly FailedSample[]> {
  const failed: FailedSample[] = [];
  for (const list of ["hidden", "survive"] as const) {
    for (const [index, sample] of exclusion.samples[list].entries()) {
      const say = (message: string): void => void failed.push({ list, number: index + 1, message });
      const evidence = exclusion.evidence?.table ?? "";
      const text = textOf(exclusion, sample.event, withTime(sample.evidence, evidence, options), options);
      if (typeof text !== "string") {
        say(text.fault);
        continue;
      }
      const outcome = await backend.query({ text, now: options.now }, options.signal);
      if (!outcome.ok) say(outcome.diagnostics[0]?.message ?? "it can't be tried");
      else if ((outcome.table.rows[0]?.[0] === "0") !== (list === "hidden"))
        say(list === "hidden" ? "it is not hidden, and should be" : "it is hidden, and must survive");
    }
  }
  return failed;
}

/** Evidence without a time of its own happened now. */
function withTime(rows: readonly SampleRow[], table: string, options: SampleOptions): readonly SampleRow[] {
  const time = options.eventTime(table);
  return rows.map((row) => (time in row ? row : { ...row, [time]: formatDatetime(options.now) }));
}

function textOf(
  exclusion: Exclusion & { readonly meaning: Meaning },
  event: SampleRow,
  evidence: readonly SampleRow[],
  options: SampleOptions,
): string | { readonly fault: string } {
  const rows = tableText(exclusion.table, [event], options);
  if (typeof rows !== "string") return rows;
  const beside = exclusion.evidence === undefined ? "" : tableText(exclusion.evidence.table, evidence, options);
  if (typeof beside !== "string") return beside;
  return `${evidenceLets([exclusion], () => beside, options.eventTime)}${rows}\n${hidingStep(exclusion, 0)}\n| count`;
}

/** A `datatable` with all of the table's columns. */
function tableText(
  table: string,
  rows: readonly SampleRow[],
  options: SampleOptions,
): string | { readonly fault: string } {
  const columns = options.columns(table);
  const known = new Set(columns.map((column) => column.name));
  const strange = rows.flatMap((row) => Object.keys(row)).find((name) => !known.has(name));
  if (strange !== undefined) return { fault: `${table} has no column '${strange}'` };
  const cells: string[] = [];
  for (const row of rows) {
    for (const { name, type } of columns) {
      const cell = literalText(row[name], type);
      if (cell === undefined) return { fault: `${name} is ${JSON.stringify(row[name])}, and no ${type}` };
      cells.push(cell);
    }
  }
  return `datatable(${columns.map(({ name, type }) => `['${name}']: ${type}`).join(", ")})[${cells.join(", ")}]`;
}

function literalText(value: unknown, type: KqlType): string | undefined {
  if (value === undefined || value === null) return type === "string" ? '""' : `${type}(null)`;
  switch (type) {
    case "string":
      return quoted(typeof value === "string" ? value : JSON.stringify(value));
    case "dynamic":
      return `dynamic(${JSON.stringify(value)})`;
    case "bool":
      return typeof value === "boolean" ? String(value) : undefined;
    case "int":
    case "long":
      return Number.isSafeInteger(value) || /^-?\d{1,19}$/.test(String(value)) ? `${type}(${value})` : undefined;
    case "real":
      return typeof value === "number" ? `real(${value})` : undefined;
    case "datetime":
      return parseDatetime(String(value)) === undefined ? undefined : `datetime(${value})`;
    default:
      return /^[-\w.:]+$/.test(String(value)) ? `${type}(${value})` : undefined;
  }
}

/** JSON's escapes are KQL's, save those for characters above U+FFFF, which stand for themselves. */
function quoted(text: string): string {
  return JSON.stringify(text);
}
