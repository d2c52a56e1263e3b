import { readState } from "../store/log.ts";
import { timeSpan } from "../store/readSnapshot.ts";
import type { StoreState } from "../store/state.ts";
import type { Store } from "../store/store.ts";

/** A stored table in numbers. */
export interface TableFacts {
  readonly table: string;
  readonly rows: number;
  readonly segments: number;
  readonly bytes: number;
  /** First and last event in ticks; null when no row has an event time. */
  readonly firstEvent: bigint | null;
  readonly lastEvent: bigint | null;
}

export interface StoreFacts {
  readonly generation: number;
  readonly sources: number;
  readonly tables: readonly TableFacts[];
  /** Files that are no part of the store any more, but may still be read by somebody. */
  readonly leaving: number;
}

/** What a store holds, without opening a segment. */
export async function describeStore(store: Store): Promise<StoreFacts> {
  const state = await readState(store.folder);
  return {
    generation: state.generation,
    sources: state.sources.size,
    tables: tablesOf(state),
    leaving: state.leaving.size,
  };
}

function tablesOf(state: StoreState): readonly TableFacts[] {
  const tables = new Map<string, TableFacts>();
  for (const { table, rows, bytes, beside = [], firstEvent, lastEvent } of state.segments.values()) {
    const own = {
      firstEvent: firstEvent === null ? null : BigInt(firstEvent),
      lastEvent: lastEvent === null ? null : BigInt(lastEvent),
    };
    const all = beside.reduce((sum, file) => sum + file.bytes, bytes);
    const known = tables.get(table) ?? { table, rows: 0, segments: 0, bytes: 0, firstEvent: null, lastEvent: null };
    tables.set(table, {
      table,
      rows: known.rows + rows,
      segments: known.segments + 1,
      bytes: known.bytes + all,
      ...timeSpan([known, own]),
    });
  }
  return [...tables.values()].sort((a, b) => (a.table < b.table ? -1 : 1));
}
