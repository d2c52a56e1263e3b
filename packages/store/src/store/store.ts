import { resolve } from "node:path";
import { takeLease } from "./leases.ts";
import { readState } from "./log.ts";
import { receiptsOf, snapshotOf } from "./readSnapshot.ts";
import type { Receipt } from "./receipt.ts";
import type { StoreSnapshot } from "./snapshot.ts";
import { type StoreWriter, writeInto } from "./writer.ts";

/** A folder of tables. Any number of processes may read while one ingests. */
export interface Store {
  /** Absolute path. */
  readonly folder: string;
  /** The newest whole snapshot, to look at; empty when nothing was stored yet. */
  snapshot(): Promise<StoreSnapshot>;
  /** The newest whole snapshot, whose files stay on disk until it is released. */
  read(): Promise<Reading>;
  /** Receipts of the files whose rows are stored, oldest first. */
  sources(): Promise<readonly Receipt[]>;
  /** Runs `work` as the only writer; what it has committed stays even if it fails later. */
  write<T>(work: (writer: StoreWriter) => Promise<T>): Promise<T>;
}

/** A snapshot in use. */
export interface Reading {
  readonly snapshot: StoreSnapshot;
  release(): Promise<void>;
}

/** Opens the store in `folder`; a folder that is not there is an empty store. */
export function openStore(folder: string): Promise<Store> {
  const root = resolve(folder);
  return Promise.resolve({
    folder: root,
    snapshot: async () => snapshotOf(root, await readState(root)),
    read: () => readInto(root),
    sources: async () => receiptsOf(root, await readState(root)),
    write: (work) => writeInto(root, work),
  });
}

async function readInto(root: string): Promise<Reading> {
  // The lease comes first: what is removed once it stands was removed from the state that is read after it, too.
  const lease = await takeLease(root);
  try {
    const state = await readState(root);
    await lease?.moveTo(state.generation);
    return { snapshot: snapshotOf(root, state), release: async () => lease?.release() };
  } catch (error) {
    await lease?.release();
    throw error;
  }
}
