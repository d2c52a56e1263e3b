import { lstat, readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { logFolder } from "../store/log.ts";
import { isManifest } from "../store/versionOne.ts";

/** A file to ingest. */
export interface FoundFile {
  readonly path: string;
  readonly bytes: number;
  /** What to call it, where that is not its path. */
  readonly shown?: string;
  /** A pipe: what comes out of it can be read but once. */
  readonly pipe?: true;
}

export interface FoundFiles {
  readonly files: readonly FoundFile[];
  /** Paths that can't be looked at, and why. */
  readonly missing: readonly { readonly path: string; readonly message: string }[];
}

/**
 * The files at `paths`, folders with all below them, in a stable order. In folders, hidden files and links are passed
 * over (a link can lead anywhere, and in circles), and so are stores: their files are no exports.
 */
export async function filesAt(paths: readonly string[]): Promise<FoundFiles> {
  const files = new Map<string, FoundFile>();
  const missing: { path: string; message: string }[] = [];
  const collect = async (path: string, { named }: { readonly named: boolean }): Promise<void> => {
    try {
      const facts = named ? await stat(path) : await lstat(path);
      const pipe = named && facts.isFIFO();
      if (facts.isFile() || pipe) {
        const real = resolve(path);
        if (!files.has(real)) files.set(real, { path, bytes: facts.size, ...(pipe ? { pipe } : {}) });
      } else if (named && !facts.isDirectory())
        missing.push({ path, message: "it is no file, folder or pipe; '-' reads standard input" });
      if (!facts.isDirectory()) return;
      const names = (await readdir(path)).filter((name) => !name.startsWith(".")).sort();
      if (isStore(names)) return;
      for (const name of names) await collect(join(path, name), { named: false });
    } catch (error) {
      missing.push({ path, message: reasonOf(error) });
    }
  };
  for (const path of paths) await collect(path, { named: true });
  return { files: [...files.values()], missing };
}

/** By the names in a folder. */
function isStore(names: readonly string[]): boolean {
  return names.some(isManifest) || (names.includes(logFolder) && names.includes("segments"));
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT") return "there is no such file or folder; check the path";
  if (code === "EACCES" || code === "EPERM") return "it may not be read by this user; change its permissions";
  return error instanceof Error ? error.message : String(error);
}
