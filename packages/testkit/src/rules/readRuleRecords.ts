import { join } from "node:path";
import { filesBelow } from "../read/filesBelow.ts";
import { jsonLines } from "../read/jsonLines.ts";
import { type RuleRecord, ruleRecordOf } from "./ruleRecord.ts";

/** The records of every `.jsonl.gz` file in `folder`, by file name; rejects at the first line that is no record. */
export async function* readRuleRecords(folder: string): AsyncGenerator<RuleRecord> {
  for (const file of await filesBelow(folder, [".jsonl.gz"])) {
    for await (const { value, place } of jsonLines(join(folder, file))) yield ruleRecordOf(value, place);
  }
}
