import { link, open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { temporaryName } from "./files.ts";
import { isAlive, ownMark } from "./processes.ts";

const ATTEMPTS = 3;

/** The right to write into a store. */
export interface WriterLock {
  release(): Promise<void>;
}

/** Another process writes into the store. */
export class StoreBusyError extends Error {
  constructor(folder: string, holder: string) {
    super(`the store ${folder} is being written by process ${holder}; wait for it to end, or stop it`);
    this.name = "StoreBusyError";
  }
}

/** Takes the only right to write; a lock whose process is gone is taken over. */
export async function lockForWriting(folder: string): Promise<WriterLock> {
  const path = join(folder, "writer.lock");
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (await create(path)) return { release: () => rm(path, { force: true }) };
    const holder = (await readFile(path, "utf8").catch(() => "")).trim();
    if (holds(holder)) throw new StoreBusyError(folder, holder.split(" ")[0] ?? holder);
    await removeStale(path, holder);
  }
  throw new StoreBusyError(folder, "that came first");
}

/** A hard link appears whole, with the process id in it, or not at all. */
async function create(path: string): Promise<boolean> {
  const own = `${path}.${temporaryName()}`;
  const file = await open(own, "wx");
  const { pid, start } = ownMark();
  await file.writeFile(`${pid} ${start}\n`);
  await file.close();
  try {
    await link(own, path);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  } finally {
    await rm(own, { force: true });
  }
}

/** Only one of several processes gets to move the stale lock away. */
async function removeStale(path: string, holder: string): Promise<void> {
  const away = `${path}.${temporaryName()}`;
  await rename(path, away).catch(() => undefined);
  const moved = (await readFile(away, "utf8").catch(() => holder)).trim();
  // Between reading and renaming another process may have taken the lock: give it back.
  if (moved !== holder) await link(away, path).catch(() => undefined);
  await rm(away, { force: true });
}

function holds(holder: string): boolean {
  const [pid = "", start = ""] = holder.split(" ");
  return isAlive({ pid: Number(pid), start });
}
