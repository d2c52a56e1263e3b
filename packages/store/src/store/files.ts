import { createHash, randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { link, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

/** A name that no other process uses at the moment. */
export function temporaryName(): string {
  return `tmp-${process.pid}-${randomBytes(6).toString("hex")}`;
}

/** Puts a whole file in place: written beside, forced to disk, renamed. A reader sees the old file or the new one. */
export async function writeAtomically(path: string, text: string): Promise<void> {
  await rename(await writeBeside(path, text), path);
  await syncPath(dirname(path));
}

/** Like `writeAtomically`, but answers with false, and changes nothing, where a file of that name is there already. */
export async function createAtomically(path: string, text: string): Promise<boolean> {
  const temporary = await writeBeside(path, text);
  try {
    // A hard link appears whole or not at all, and never in the place of another file.
    await link(temporary, path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  } finally {
    await rm(temporary, { force: true });
  }
  await syncPath(dirname(path));
  return true;
}

async function writeBeside(path: string, text: string): Promise<string> {
  const temporary = `${path}.${temporaryName()}`;
  const file = await open(temporary, "wx");
  try {
    await file.writeFile(text);
    await file.sync();
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  return temporary;
}

/** Forces a file, or the names in a folder, to disk. */
export async function syncPath(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The sum of a file's bytes, in hexadecimal. */
export async function sha256Of(path: string, signal?: AbortSignal, onBytes?: (bytes: number) => void): Promise<string> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    signal?.throwIfAborted();
    hash.update(chunk as Buffer);
    bytes += (chunk as Buffer).length;
    onBytes?.(bytes);
  }
  return hash.digest("hex");
}
