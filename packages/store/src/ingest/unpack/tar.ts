import { createReadStream, createWriteStream } from "node:fs";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { extract } from "tar-stream";
import type { Archived } from "./archived.ts";
import { type Budget, freshPath, isFinal, limited, pipelineOptions } from "./budget.ts";

/** The files of a tar; one that ends early gives what came before. */
export async function untar(path: string, budget: Budget): Promise<readonly Archived[]> {
  const files: Archived[] = [];
  const reader = extract();
  const input = createReadStream(path);
  input.once("error", (error) => reader.destroy(error));
  input.pipe(reader);
  try {
    for await (const entry of reader) {
      if (entry.header.type !== "file") {
        entry.resume();
        continue;
      }
      const target = freshPath(budget);
      await pipeline(entry as unknown as Readable, limited(budget), createWriteStream(target), pipelineOptions(budget));
      files.push({ name: entry.header.name, path: target });
    }
  } catch (error) {
    if (isFinal(error, budget) || files.length === 0) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    files.push({ name: "the rest of the tar", failure: `the tar is cut off or damaged (${reason}); fetch it again` });
  }
  return files;
}
