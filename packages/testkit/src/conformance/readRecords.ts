import { join } from "node:path";
import { filesBelow } from "../read/filesBelow.ts";
import { jsonLines } from "../read/jsonLines.ts";
import { type ConformanceRecord, recordOf } from "./record.ts";

/** The records of every `.jsonl` file in `folder`, by file name; rejects at the first line that is no record. */
export async function* readRecords(folder: string): AsyncGenerator<ConformanceRecord> {
  for (const file of await filesBelow(folder, [".jsonl"])) {
    for await (const { value, place } of jsonLines(join(folder, file))) yield recordOf(value, place);
  }
}
