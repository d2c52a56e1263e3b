import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/** The files at `paths`, folders with all below them, in a stable order; hidden files of folders are passed over. */
export async function filesAt(paths: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const path of paths) await collect(path, found);
  return [...new Set(found)];
}

async function collect(path: string, found: string[]): Promise<void> {
  if (!(await stat(path)).isDirectory()) {
    found.push(path);
    return;
  }
  const names = (await readdir(path)).filter((name) => !name.startsWith("."));
  for (const name of names.sort()) await collect(join(path, name), found);
}
