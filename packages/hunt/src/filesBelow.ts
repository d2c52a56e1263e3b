import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/** A file itself, or the files of a folder and below whose names fit, by name. */
export async function* filesBelow(path: string, names: RegExp, signal?: AbortSignal): AsyncGenerator<string> {
  signal?.throwIfAborted();
  if (!(await stat(path)).isDirectory()) {
    yield path;
    return;
  }
  const entries = await readdir(path, { withFileTypes: true });
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.isDirectory()) yield* filesBelow(join(path, entry.name), names, signal);
    else if (entry.isFile() && names.test(entry.name)) yield join(path, entry.name);
  }
}
