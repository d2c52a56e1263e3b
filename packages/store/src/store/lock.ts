import { readFileSync } from "node:fs";
import { link, open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { temporaryName } from "./files.ts";

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
    if (isAlive(holder)) throw new StoreBusyError(folder, holder.split(" ")[0] ?? holder);
    await removeStale(path, holder);
  }
  throw new StoreBusyError(folder, "that came first");
}

/** A hard link appears whole, with the process id in it, or not at all. */
async function create(path: string): Promise<boolean> {
  const own = `${path}.${temporaryName()}`;
  const file = await open(own, "wx");
  await file.writeFile(`${process.pid} ${startOf(process.pid)}\n`);
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

/** The id alone could be another process's by now, in a container above all: its start has to be the same. */
function isAlive(holder: string): boolean {
  const [pid = "", start = ""] = holder.split(" ");
  return isRunning(Number(pid)) && (start === "" || start === startOf(Number(pid)));
}

/** When a process started, in the system's own terms; empty where that can't be told. */
function startOf(pid: number): string {
  try {
    const facts = readFileSync(`/proc/${pid}/stat`, "utf8");
    return facts.slice(facts.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}

/** Whether a process of that id runs, whoever owns it. */
export function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
