import { schemasModule } from "@goshawk/store";
import { afterAll, describe, expect, test } from "vitest";
import { startExaminer } from "../../src/check/examiner.ts";
import { reachOf } from "../../src/check/reach.ts";

const examiner = startExaminer({
  schemas: schemasModule,
  tables: [],
  functions: [],
  now: 638_553_024_000_000_000n,
  threads: 1,
  timeoutMs: 15_000,
});
afterAll(() => examiner.close());

/** Each function calls the one before twice. */
function doubling(depth: number): string {
  const steps = Array.from(
    { length: depth },
    (_, index) => `let f${index + 1} = () { union f${index}(), f${index}() };`,
  );
  return `let f0 = () { print x = 1 };\n${steps.join("\n")}\nf${depth}()`;
}

describe("a hostile query", () => {
  test("that explodes is given up, and the next one is examined all the same", async () => {
    const [bad, good] = await Promise.all([
      examiner.examine(doubling(40)),
      examiner.examine("SigninLogs | where TimeGenerated > ago(1d) | take 1"),
    ]);
    expect(bad).toEqual({ failure: expect.stringMatching(/took more than|depth|stack/i) });
    expect(good).toMatchObject({ diagnostics: [], tables: ["SigninLogs"] });
  });

  test("of great depth is refused at its place", async () => {
    const found = await examiner.examine(`print x = ${"(".repeat(700)}1${")".repeat(700)}`);
    expect("failure" in found ? found : found.diagnostics.map(({ code }) => code)).toEqual(["KS245"]);
  });
});

test("a stored table of the catalogue is one table, not two of one name", () => {
  const own = { name: "OfficeActivity", columns: [] };
  const schemas = { table: () => own, tableNames: () => ["OfficeActivity"], oldNames: () => new Map<string, string>() };
  const { tableNames } = reachOf("OfficeActivity | take 1", schemas, new Map([["OfficeActivity", own]]));
  expect(tableNames?.()).toEqual(["OfficeActivity"]);
});
