import { resolve } from "node:path";
import { readManifest } from "./manifest.ts";
import { receiptsOf, snapshotOf } from "./readSnapshot.ts";
import type { Receipt } from "./receipt.ts";
import type { StoreSnapshot } from "./snapshot.ts";
import { type StoreWriter, writeInto } from "./writer.ts";

/** A folder of tables. Any number of processes may read while one ingests. */
export interface Store {
  /** Absolute path. */
  readonly folder: string;
  /** The newest whole snapshot; empty when nothing was stored yet. */
  snapshot(): Promise<StoreSnapshot>;
  /** Receipts of the files whose rows are stored, oldest first. */
  sources(): Promise<readonly Receipt[]>;
  /** Runs `work` as the only writer; what it has committed stays even if it fails later. */
  write<T>(work: (writer: StoreWriter) => Promise<T>): Promise<T>;
}

/** Opens the store in `folder`; a folder that is not there is an empty store. */
export function openStore(folder: string): Promise<Store> {
  const root = resolve(folder);
  return Promise.resolve({
    folder: root,
    snapshot: async () => snapshotOf(root, await readManifest(root)),
    sources: async () => receiptsOf(root, await readManifest(root)),
    write: (work) => writeInto(root, work),
  });
}
