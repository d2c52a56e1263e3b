import type { Backend } from "@goshawk/engine";
import { formatDatetime } from "@goshawk/kql";
import { type ColumnsOfTable, datatableText } from "./datatable.ts";
import type { Exclusion, Meaning, SampleRow } from "./exclusion.ts";
import { type EventTime, evidenceLets, hidingStep } from "./narrowing.ts";

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
  readonly columns: ColumnsOfTable;
  readonly signal?: AbortSignal;
}

type Decided = Exclusion & { readonly meaning: Meaning };

/** Puts the samples of an exclusion to the engine. */
export async function failedSamples(
  exclusion: Decided,
  backend: Backend,
  options: SampleOptions,
): Promise<readonly FailedSample[]> {
  const failed: FailedSample[] = [];
  for (const list of ["hidden", "survive"] as const) {
    for (const [index, sample] of exclusion.samples[list].entries()) {
      const say = (message: string): void => void failed.push({ list, number: index + 1, message });
      const hidden = await hides(exclusion, sample.event, sample.evidence, backend, options);
      if (typeof hidden !== "boolean") say(hidden.fault);
      else if (hidden !== (list === "hidden"))
        say(list === "hidden" ? "it is not hidden, and should be" : "it is hidden, and must survive");
    }
  }
  return failed;
}

/** Whether an exclusion hides an event beside which there is such evidence; or why that can't be tried. */
export async function hides(
  exclusion: Decided,
  event: SampleRow,
  evidence: readonly SampleRow[],
  backend: Backend,
  options: SampleOptions,
): Promise<boolean | { readonly fault: string }> {
  const lets = evidenceText(exclusion, evidence, options);
  if (typeof lets !== "string") return lets;
  const rows = datatableText(exclusion.table, [event], options.columns);
  if (typeof rows !== "string") return rows;
  const text = `${lets}${rows}\n${hidingStep(exclusion, 0)}\n| count`;
  const outcome = await backend.query({ text, now: options.now }, options.signal);
  if (!outcome.ok) return { fault: outcome.diagnostics[0]?.message ?? "it can't be tried" };
  return outcome.table.rows[0]?.[0] === "0";
}

/** The evidence that an exclusion needs, taken from rows instead of its table. */
export function evidenceText(
  exclusion: Exclusion,
  evidence: readonly SampleRow[],
  options: SampleOptions,
): string | { readonly fault: string } {
  if (exclusion.evidence === undefined) return "";
  const { table } = exclusion.evidence;
  const rows = datatableText(table, withTime(evidence, table, options), options.columns);
  if (typeof rows !== "string") return rows;
  return evidenceLets([exclusion], () => rows, options.eventTime);
}

/** Evidence without a time of its own happened now. */
function withTime(rows: readonly SampleRow[], table: string, options: SampleOptions): readonly SampleRow[] {
  const time = options.eventTime(table);
  return rows.map((row) => (time in row ? row : { ...row, [time]: formatDatetime(options.now) }));
}
