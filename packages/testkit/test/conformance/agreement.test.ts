import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import type { Answer } from "../../src/conformance/answer.ts";
import { judge } from "../../src/conformance/judge.ts";
import { readRecords } from "../../src/conformance/readRecords.ts";
import type { ConformanceRecord } from "../../src/conformance/record.ts";
import type { VerdictKind } from "../../src/conformance/verdict.ts";
import { sharedFolder } from "../../src/read/sharedFolder.ts";
import { temporaryFolder } from "../read/temporary.ts";
import { echo, mutations } from "./mutations.ts";

const run = promisify(execFile);
const folder = sharedFolder("conformance");
const referenceJudge = folder === undefined ? undefined : join(folder, "judge.py");
const hasReference = referenceJudge !== undefined && existsSync(referenceJudge) && (await hasPython());

describe.skipIf(folder === undefined)(`the records${unless(folder !== undefined, "no shared records")}`, () => {
  test("every usable expectation, fed back as the answer, passes", async () => {
    const failing: string[] = [];
    let fed = 0;
    for await (const record of readRecords(folder ?? "")) {
      const answer = echo(record);
      if (!record.usable || answer === undefined || record.expected.text !== undefined) continue;
      fed += 1;
      if (judge(record, answer).kind !== "pass") failing.push(record.id);
    }
    expect(failing).toEqual([]);
    expect(fed).toBeGreaterThan(2000);
  });
});

describe.skipIf(!hasReference)(`two judges agree${unless(hasReference, "no records or no python3")}`, () => {
  const records: ConformanceRecord[] = [];
  beforeAll(async () => {
    for await (const record of readRecords(folder ?? "")) records.push(record);
  });

  test.each(Object.entries(mutations))("on every record, after: %s", async (_, mutate) => {
    const answers = records.flatMap((record) => {
      const answer = echo(record);
      return answer === undefined ? [] : [mutate(answer)];
    });
    const reference = await referenceVerdicts(answers);
    const ours = new Map(answers.map((answer) => [answer.id, answer]));
    const disagreeing = records.flatMap((record) => {
      const verdict = judge(record, ours.get(record.id));
      const theirs = stricter.has(record.id) ? inTheirWords[verdict.kind] : (reference.get(record.id) ?? "accepted");
      return inTheirWords[verdict.kind] === theirs ? [] : [{ id: record.id, theirs, ours: verdict }];
    });
    expect(disagreeing).toEqual([]);
  });
});

/** The emulator answers the text "null" here, which the reference judge takes a null string for. */
const stricter = new Set(["emu-fuzz/af1c1983ac34", "emu-fuzz/aaf1ed3d3de9"]);

const inTheirWords: { readonly [K in VerdictKind]: string } = {
  pass: "accepted",
  skip: "accepted",
  wrong: "fail",
  lenient: "fail",
  refused: "error",
  error: "error",
};

async function referenceVerdicts(answers: readonly Answer[]): Promise<ReadonlyMap<string, string>> {
  const temporary = await temporaryFolder({ "answers.jsonl": answers.map((one) => JSON.stringify(one)).join("\n") });
  const list = join(temporary, "failures.jsonl");
  const files = ["--records", folder ?? "", "--answers", join(temporary, "answers.jsonl"), "--all", "--list", list];
  await run("python3", ["-B", referenceJudge ?? "", ...files]).catch(ignoreFailures);
  const lines = (await readFile(list, "utf8")).split("\n").filter((line) => line !== "");
  const failures = lines.map((line) => JSON.parse(line) as { readonly id: string; readonly verdict: string });
  return new Map(failures.map(({ id, verdict }) => [id, verdict]));
}

/** It leaves with 1 where a record fails; anything else left no list, which reading it reports. */
function ignoreFailures(error: { readonly code?: number | string }): void {
  if (error.code !== 1) throw error;
}

function unless(present: boolean, reason: string): string {
  return present ? "" : ` (skipped: ${reason})`;
}

async function hasPython(): Promise<boolean> {
  return run("python3", ["--version"]).then(
    () => true,
    () => false,
  );
}
