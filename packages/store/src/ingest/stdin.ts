import { createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
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
  const path = join(workFolder, temporaryName());
  await pipeline(input, createWriteStream(path), signal === undefined ? {} : { signal });
  return { path, bytes: (await stat(path)).size, shown };
}
