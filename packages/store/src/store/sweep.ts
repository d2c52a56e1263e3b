import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { filesOf } from "./entries.ts";
import { leasedGenerations } from "./leases.ts";
import { logFolder } from "./log.ts";
import { isRunning } from "./processes.ts";
import type { StoreState } from "./state.ts";

/** For readers that could leave no lease: time to open the files that a snapshot named before they were replaced. */
export const GRACE_MS = 600_000;

/** Removes files that are no part of the store any more and that no reader can still use; answers with those. */
export async function sweepLeaving(root: string, state: StoreState, graceMs: number): Promise<readonly string[]> {
  if (state.leaving.size === 0) return [];
  const oldest = Math.min(...(await leasedGenerations(root)), Number.POSITIVE_INFINITY);
  const swept: string[] = [];
  for (const [file, { generation, at }] of state.leaving) {
    if (oldest < generation || Date.now() - Date.parse(at) < graceMs) continue;
    await rm(join(root, file), { force: true });
    swept.push(file);
  }
  return swept;
}

/** What a killed writer left behind: files that no commit names, work folders, half-written names. */
export async function removeLeftovers(root: string, state: StoreState): Promise<void> {
  const named = new Set<string>(state.leaving.keys());
  for (const segment of state.segments.values()) for (const file of filesOf(segment)) named.add(file);
  for (const { rejectedFile } of state.sources.values()) if (rejectedFile !== undefined) named.add(rejectedFile);
  for (const table of await names(join(root, "segments"))) await removeUnnamed(root, join("segments", table), named);
  await removeUnnamed(root, "rejected", named);
  await rm(join(root, "tmp"), { recursive: true, force: true });
  for (const name of await names(join(root, logFolder)))
    if (/\.tmp-\d+-[0-9a-f]+$/.test(name)) await rm(join(root, logFolder, name), { force: true });
  for (const name of await names(root)) {
    const left = /^(manifest-.*|writer\.lock)\.tmp-(\d+)-[0-9a-f]+$/.exec(name);
    // Another process may be about to ask for the lock.
    if (left !== null && !(left[1] === "writer.lock" && isRunning(Number(left[2]))))
      await rm(join(root, name), { force: true });
  }
}

async function removeUnnamed(root: string, folder: string, named: ReadonlySet<string>): Promise<void> {
  for (const name of await names(join(root, folder))) {
    const file = join(folder, name);
    if (!named.has(file)) await rm(join(root, file), { force: true });
  }
}

async function names(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}
