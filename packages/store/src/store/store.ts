import type { Receipt } from "./receipt.ts";
import type { StoreSnapshot } from "./snapshot.ts";

/** A folder of tables. Any number of processes may read while one ingests. */
export interface Store {
  /** Absolute path. */
  readonly folder: string;
  /** The newest whole snapshot; empty when nothing was stored yet. */
  snapshot(): Promise<StoreSnapshot>;
  /** Receipts of the files whose rows the snapshot holds, oldest first. */
  sources(snapshot: StoreSnapshot): Promise<readonly Receipt[]>;
}
