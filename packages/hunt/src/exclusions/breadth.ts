import type { Backend } from "@goshawk/engine";
import type { KqlType } from "@goshawk/kql";
import type { Exclusion, Meaning, SampleRow } from "./exclusion.ts";
import { hides, type SampleOptions } from "./samples.ts";

/** What an exclusion hides that has nothing to do with its scenario. */
export interface Breadth {
  /** It hides what it knows nothing about: its columns are empty there. */
  readonly blank: boolean;
  /** It hides an event whose names no exclusion can have thought of. */
  readonly stranger: boolean;
  /** Why one of the events, or both, could not be put to it: then it says nothing of what it hides. */
  readonly faults: readonly string[];
}

/**
 * Puts two events to an exclusion that drops: one with nothing filled in, and one with names that nobody has. What
 * hides both hides whatever happens, or nearly. One that keeps says of all else that it is hidden, so it is not asked.
 */
export async function breadthOf(
  exclusion: Exclusion & { readonly meaning: Meaning },
  backend: Backend,
  options: SampleOptions,
): Promise<Breadth> {
  if (exclusion.meaning === "keep") return { blank: false, stranger: false, faults: [] };
  const faults = new Set<string>();
  const keys = Object.fromEntries((exclusion.evidence?.on ?? []).map((key) => [key, "a key of both"]));
  const ask = async (fill: (name: string, type: KqlType) => unknown): Promise<boolean> => {
    const rowOf = (table: string): SampleRow => ({ ...filled(options.columns(table), fill), ...keys });
    const evidence = exclusion.evidence === undefined ? [] : [rowOf(exclusion.evidence.table)];
    const hidden = await hides(exclusion, rowOf(exclusion.table), evidence, backend, options);
    if (typeof hidden !== "boolean") faults.add(hidden.fault);
    return hidden === true;
  };
  const blank = await ask(() => undefined);
  const stranger = await ask((name, type) => (type === "string" ? `zq-${name.length}-unheard-of` : undefined));
  return { blank, stranger, faults: [...faults] };
}

function filled(
  columns: ReturnType<SampleOptions["columns"]>,
  fill: (name: string, type: KqlType) => unknown,
): SampleRow {
  return Object.fromEntries(
    columns.flatMap(({ name, type }) => {
      const value = fill(name, type);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
