import type { Store, StoreSnapshot } from "@goshawk/store";

const LOOK_AGAIN_MS = 1000;

/** The store's newest tables, whose files stay on disk while a query reads them. */
export interface Tables {
  /** Looks whether there is something newer, at most once a second unless `now` is given. */
  newest(options?: { readonly now: true }): Promise<Held>;
  close(): Promise<void>;
}

/** A snapshot that a query holds until it is done. */
export interface Held {
  readonly snapshot: StoreSnapshot;
  done(): void;
}

interface Reading {
  readonly snapshot: StoreSnapshot;
  release(): Promise<void>;
  users: number;
}

export async function openTables(store: Store): Promise<Tables> {
  const readings = new Set<Reading>();
  const read = async (): Promise<Reading> => {
    const { snapshot, release } = await store.read();
    const reading = { snapshot, release, users: 0 };
    readings.add(reading);
    return reading;
  };
  let current = await read();
  let looked = performance.now();
  let looking: Promise<void> | undefined;
  const drop = (reading: Reading): void => {
    if (reading.users > 0 || reading === current) return;
    readings.delete(reading);
    reading.release().catch(() => undefined);
  };
  const look = async (): Promise<void> => {
    looked = performance.now();
    const { version } = await store.snapshot();
    if (version === current.snapshot.version) return;
    const before = current;
    current = await read();
    drop(before);
  };
  return {
    newest: async (options) => {
      if (options?.now === true || performance.now() - looked > LOOK_AGAIN_MS) {
        looking ??= look().finally(() => {
          looking = undefined;
        });
        await looking;
      }
      const reading = current;
      reading.users++;
      let held = true;
      return {
        snapshot: reading.snapshot,
        done: () => {
          if (held) reading.users--;
          held = false;
          drop(reading);
        },
      };
    },
    close: async () => {
      await Promise.all([...readings].map((reading) => reading.release()));
    },
  };
}
