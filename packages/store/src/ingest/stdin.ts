import { createWriteStream } from "node:fs";
import { mkdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { temporaryName } from "../store/files.ts";
import type { FoundFile } from "./paths.ts";

/** What stands for standard input among the paths. */
export const STDIN = "-";

/** Puts what comes in into the work folder: formats are told by a look at the file, and rows are read more than once. */
export async function spooled(
  input: Readable,
  shown: string,
  workFolder: string,
  signal?: AbortSignal,
): Promise<FoundFile> {
  const folder = join(workFolder, temporaryName());
  await mkdir(folder);
  // What it is called says of which table it may be.
  const path = join(folder, shown === STDIN ? "stdin" : basename(shown));
  await pipeline(input, createWriteStream(path), signal === undefined ? {} : { signal });
  return { path, bytes: (await stat(path)).size, shown };
}
