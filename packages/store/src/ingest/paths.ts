import { lstat, readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/** The files at some paths, and the paths where nothing can be read. */
export interface FoundFiles {
  readonly files: readonly string[];
  readonly unreadable: readonly { readonly path: string; readonly message: string }[];
}

/**
 * The files at `paths`, folders with all below them, in a stable order. In folders, hidden files and links are passed
 * over (a link can lead anywhere, and in circles), and so are stores: their files are no exports.
 */
export async function filesAt(paths: readonly string[]): Promise<FoundFiles> {
  const files = new Set<string>();
  const unreadable: { readonly path: string; readonly message: string }[] = [];
  for (const path of paths) {
    try {
      if ((await stat(path)).isDirectory()) await collect(path, files);
      else files.add(path);
    } catch (error) {
      const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
      const message = missing
        ? "there is no such file or folder"
        : error instanceof Error
          ? error.message
          : String(error);
      unreadable.push({ path, message });
    }
  }
  return { files: [...files], unreadable };
}

async function collect(folder: string, files: Set<string>): Promise<void> {
  const names = (await readdir(folder)).filter((name) => !name.startsWith(".")).sort();
  if (names.some((name) => /^manifest-\d{10}\.json$/.test(name))) return;
  for (const name of names) {
    const path = join(folder, name);
    const found = await lstat(path);
    if (found.isDirectory()) await collect(path, files);
    else if (found.isFile()) files.add(path);
  }
}
