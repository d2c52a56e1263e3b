import { mkdir, readdir, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { temporaryName } from "./files.ts";
import { isAlive, ownMark } from "./processes.ts";

/** A reader's word that it uses the files of a generation; while it lasts they stay on disk. */
export interface Lease {
  /** The reader uses this generation, and none before it any more. */
  moveTo(generation: number): Promise<void>;
  release(): Promise<void>;
}

const FOLDER = "readers";
/** Whether a process of another machine runs can't be told; it is believed for so long. */
const TRUSTED_MS = 24 * 3600 * 1000;

/**
 * Holds every generation from now on, until it is moved. A reader that may not write into the store's folder gets none;
 * the grace that files get before they are removed has to do.
 */
export async function takeLease(root: string): Promise<Lease | undefined> {
  const { pid, start } = ownMark();
  const nameAt = (generation: number): string =>
    join(root, FOLDER, [generation, pid, start, encodeURIComponent(hostname()), temporaryName()].join(","));
  let path = nameAt(0);
  try {
    await stat(root);
    await mkdir(join(root, FOLDER), { recursive: true });
    await writeFile(path, "", { flag: "wx" });
  } catch {
    return undefined;
  }
  return {
    moveTo: async (generation) => {
      const next = nameAt(generation);
      await rename(path, next);
      path = next;
      // For other machines, which believe a lease by its age.
      await utimes(path, new Date(), new Date());
    },
    release: () => rm(path, { force: true }),
  };
}

/** The generations that readers use; leases of processes that are gone are removed. */
export async function leasedGenerations(root: string): Promise<readonly number[]> {
  const generations: number[] = [];
  for (const name of await readdir(join(root, FOLDER)).catch(() => [])) {
    if (await isHeld(root, name)) generations.push(Number(name.split(",")[0]));
    else await rm(join(root, FOLDER, name), { force: true });
  }
  return generations;
}

async function isHeld(root: string, name: string): Promise<boolean> {
  const [, pid = "", start = "", host = ""] = name.split(",");
  if (host === encodeURIComponent(hostname())) return isAlive({ pid: Number(pid), start });
  const facts = await stat(join(root, FOLDER, name)).catch(() => undefined);
  return facts !== undefined && Date.now() - facts.mtimeMs < TRUSTED_MS;
}
