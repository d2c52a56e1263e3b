import { stat } from "node:fs/promises";
import { openStore, type Store } from "@goshawk/store";
import { UsageError } from "./exit.ts";

/** Opens a store to look into; a folder that is not there is a slip of the pen, not an empty store. */
export async function existingStore(folder: string): Promise<Store> {
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory() === true) return openStore(folder);
  throw new UsageError(`there is no store at ${folder}; 'goshawk ingest' makes one, --store names another`);
}
