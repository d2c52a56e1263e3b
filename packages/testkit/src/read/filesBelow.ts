import { readdir } from "node:fs/promises";
import { sep } from "node:path";

/** Paths in `folder` and below that end in one of `endings`, sorted, relative and with forward slashes. */
export async function filesBelow(folder: string, endings: readonly string[]): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true });
  const wanted = names.filter((name) => endings.some((ending) => name.endsWith(ending)));
  return wanted.map((name) => name.split(sep).join("/")).sort();
}
