import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type GoldenOptions, type GoldenOutput, golden } from "../../src/goldenFiles/golden.ts";
import { vitestSnapshotMode } from "../../src/goldenFiles/updateRequested.ts";
import { temporaryFolder } from "../read/temporary.ts";

const files = {
  "where/plain.kql": "T | where a > 1",
  "where/plain.ir": "filter\n  read T\n",
  "where/plain.duckdb.sql": "SELECT 1\n",
};
const right: GoldenOutput = { ir: "filter\n  read T", sql: "SELECT 1" };

async function check(
  kept: { readonly [path: string]: string },
  output: GoldenOutput,
  options: Partial<GoldenOptions<GoldenOutput>> = {},
): Promise<{ readonly folder: string; readonly problems: readonly string[] }> {
  const folder = await temporaryFolder(kept);
  const cases = await golden(folder, { emit: () => output, update: false, ...options });
  const results = await Promise.allSettled(cases.map((one) => one.check()));
  const problems = results.flatMap((one) => (one.status === "rejected" ? [(one.reason as Error).message] : []));
  return { folder, problems: problems.map((text) => text.replaceAll(`${folder}/`, "")) };
}

describe("without update", () => {
  test("what is kept is what is emitted", async () => {
    expect((await check(files, right)).problems).toEqual([]);
  });

  test("a changed line is shown with both readings", async () => {
    const { problems } = await check(files, { ...right, ir: "filter\n  read U" });
    expect(problems).toEqual([
      "where/plain.ir differs at line 2:\n  -   read T\n  +   read U (npm run test:update writes it)",
    ]);
  });

  test("a file too few, a file too many and a file without its query all fail", async () => {
    const { problems } = await check({ ...files, "where/gone.ir": "x" }, { ir: right.ir ?? "", diagnostics: "KS1" });
    expect(problems).toEqual([
      expect.stringMatching(/plain\.duckdb\.sql should be gone.*\n.*plain\.diagnostics is missing/),
      "no query beside where/gone.ir",
    ]);
  });

  test("a checkout with other line ends is no difference", async () => {
    expect((await check({ ...files, "where/plain.ir": "filter\r\n  read T\r\n" }, right)).problems).toEqual([]);
  });

  test("SQL that the engine does not take fails even where it is what is kept", async () => {
    const explain = async (sql: string) => Promise.reject(new Error(`Parser Error near ${sql}`));
    expect((await check(files, right, { explain })).problems).toEqual([
      "the engine does not take the SQL: Parser Error near SELECT 1",
    ]);
  });

  test("a query that is refused has no SQL to explain", async () => {
    const explain = async () => Promise.reject(new Error("asked"));
    const kept = { "a/b.kql": "T", "a/b.diagnostics": "KS204\n" };
    expect((await check(kept, { diagnostics: "KS204", sql: "" }, { explain })).problems).toEqual([]);
  });
});

test("update writes what differs and removes what is left over", async () => {
  const kept = { ...files, "where/gone.ir": "x", "where/plain.diagnostics": "old\n", "where/README.md": "stays" };
  const { folder, problems } = await check(kept, { ...right, ir: "new" }, { update: true });
  expect(problems).toEqual([]);
  expect((await readdir(join(folder, "where"))).sort()).toEqual([
    "README.md",
    "plain.duckdb.sql",
    "plain.ir",
    "plain.kql",
  ]);
  expect(await readFile(join(folder, "where/plain.ir"), "utf8")).toBe("new\n");
});

test("vitest still lets its workers see whether it runs with --update", () => {
  expect(["all", "new", "none"]).toContain(vitestSnapshotMode());
});
