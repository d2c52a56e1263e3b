import { link, open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { temporaryName } from "./files.ts";
import { isAlive, ownMark } from "./processes.ts";

const ATTEMPTS = 3;

/** A right that one process has at a time. */
export interface Lock {
  release(): Promise<void>;
}

/** Another process writes into the store. */
export class StoreBusyError extends Error {
  constructor(folder: string, holder: string) {
    super(`the store ${folder} is being written by process ${holder}; wait for it to end, or stop it`);
    this.name = "StoreBusyError";
  }
}

/** Takes the only right to write into a store. */
export async function lockForWriting(folder: string): Promise<Lock> {
  const lock = await takeLock(join(folder, "writer.lock"));
  if ("holder" in lock) throw new StoreBusyError(folder, lock.holder);
  return lock;
}

/** Takes the right that a file stands for, or says which process has it; one whose process is gone is taken over. */
export async function takeLock(path: string): Promise<Lock | { readonly holder: string }> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (await create(path)) return { release: () => rm(path, { force: true }) };
    const holder = (await readFile(path, "utf8").catch(() => "")).trim();
    if (holds(holder)) return { holder: holder.split(" ")[0] ?? holder };
    await removeStale(path, holder);
  }
  return { holder: "that came first" };
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
