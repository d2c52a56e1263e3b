import { link, open, readFile, rename, rm, stat, utimes } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { temporaryName } from "./files.ts";
import { isAlive, ownMark } from "./processes.ts";

const ATTEMPTS = 3;
/** The holder touches its lock so often; whether a process of another machine runs can't be told otherwise. */
const TOUCHED_MS = 60_000;
const ABANDONED_MS = 15 * TOUCHED_MS;

/** A right that one process has at a time. */
export interface Lock {
  /** Fails where another process has taken the right away. */
  assertHeld(): Promise<void>;
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
  const { pid, start } = ownMark();
  const own = `${pid} ${start || "-"} ${ownHost()} ${temporaryName()}`;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (await create(path, own)) return heldLock(path, own);
    const holder = await holderOf(path);
    if (await holds(path, holder)) return { holder: nameOf(path, holder) };
    await removeStale(path, holder);
  }
  return { holder: "that came first" };
}

function heldLock(path: string, own: string): Lock {
  const isHeld = async (): Promise<boolean> => (await holderOf(path)) === own;
  const touch = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => undefined), TOUCHED_MS);
  touch.unref();
  return {
    assertHeld: async () => {
      if (await isHeld()) return;
      throw new Error(
        `the right to write was taken away: ${path} is another process's by now, or gone; nothing of this change was stored, try again`,
      );
    },
    release: async () => {
      clearInterval(touch);
      if (await isHeld()) await rm(path, { force: true });
    },
  };
}

/** A hard link appears whole, with the process id in it, or not at all. */
async function create(path: string, text: string): Promise<boolean> {
  const own = `${path}.${temporaryName()}`;
  const file = await open(own, "wx");
  await file.writeFile(`${text}\n`);
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

async function holderOf(path: string): Promise<string> {
  return (await readFile(path, "utf8").catch(() => "")).trim();
}

async function holds(path: string, holder: string): Promise<boolean> {
  const [pid = "", start = "", host = ownHost()] = holder.split(" ");
  if (host === ownHost()) return isAlive({ pid: Number(pid), start: start === "-" ? "" : start });
  return (await ageOf(path)) < ABANDONED_MS;
}

/** By the clock of the disk, which may be another machine's. */
async function ageOf(path: string): Promise<number> {
  const now = `${path}.${temporaryName()}`;
  await (await open(now, "wx")).close();
  try {
    return (await stat(now)).mtimeMs - (await stat(path)).mtimeMs;
  } catch {
    return 0;
  } finally {
    await rm(now, { force: true });
  }
}

function nameOf(path: string, holder: string): string {
  const [pid = "", , host = ownHost()] = holder.split(" ");
  return host === ownHost()
    ? pid
    : `${pid} of the machine ${decodeURIComponent(host)} (if it is gone, remove ${path}, or try again in ${ABANDONED_MS / TOUCHED_MS} minutes)`;
}

function ownHost(): string {
  return encodeURIComponent(hostname());
}
