import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { goshawk } from "./program.ts";

let folder = "";
let store: readonly string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "goshawk-query-"));
  store = ["--store", join(folder, "none-yet")];
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe("query", () => {
  test("a batch answers in order, and a failing query or line never stops it", async () => {
    const lines = [
      { id: "a", query: "print x = 1 + 1" },
      { id: "b", query: "print nope(" },
      "not json",
      { id: "c", query: "print t = now()", now: "2026-01-02T03:04:05.1234567Z" },
      { id: 4, query: "DeviceInfo | count" },
    ];
    const input = lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n");
    const ran = await goshawk(["query", "--batch", "-", ...store], { input });
    const answers = ran.out
      .trim()
      .split("\n")
      .map(
        (line) =>
          JSON.parse(line) as {
            readonly id: unknown;
            readonly rows?: unknown;
            readonly error?: { readonly code: string; readonly start: number };
          },
      );
    expect(answers.map((answer) => answer.id)).toEqual(["a", "b", null, "c", 4]);
    expect(answers[0]).toEqual({ id: "a", columns: ["x"], types: ["long"], rows: [["2"]] });
    expect(answers[1]?.error?.code).toMatch(/^KS/);
    expect(answers[2]?.error?.code).toBe("usage");
    expect(answers[3]?.rows).toEqual([["2026-01-02T03:04:05.1234567Z"]]);
    expect(answers[4]?.rows).toEqual([["0"]]);
    expect(ran.code).toBe(0);
  });

  test("an error shows the line and a mark under the place", async () => {
    const ran = await goshawk(["query", 'DeviceEvents\n| where FileNme == "a"', ...store]);
    expect(ran.err).toContain("query:2:9: error");
    expect(ran.err).toContain("            ^^^^^^^");
    expect(ran.code).toBe(2);
  });

  test.each([
    [["query"], "give a query"],
    [["query", "print 1", "--now", "soon"], "--now 'soon'"],
    [["query", "print 1", "--format", "xml"], "unknown format 'xml'"],
    [["query", "print 1", "--timeout", "-1"], "--timeout"],
    [["query", "-f", "no-such-file.kql"], "no-such-file.kql"],
    [["frobnicate"], "unknown command"],
  ])("%j is a usage error", async (args, message) => {
    const ran = await goshawk([...args, ...(args[0] === "query" ? store : [])]);
    expect(ran.err).toContain(message);
    expect(ran.code).toBe(3);
  });

  test("values that would drive a terminal or a spreadsheet are tamed", async () => {
    const kql = String.raw`print a = "\u001b[31mred", b = "=cmd()", c = -5`;
    const table = await goshawk(["query", kql, "--format", "table", ...store]);
    expect(table.out).not.toContain("\u001b");
    expect(table.out).toContain("\\u001b[31mred");
    const csv = await goshawk(["query", kql, "--format", "csv", ...store]);
    expect(csv.out.split("\r\n")[1]).toMatch(/,'=cmd\(\),-5$/);
  });

  test("numbers of 64 bits keep every digit in JSON", async () => {
    const ran = await goshawk([
      "query",
      'print x = 9223372036854775807, d = dynamic({"id": 11540474045172975})',
      "--format",
      "ndjson",
      ...store,
    ]);
    expect(ran.out).toBe('{"x":9223372036854775807,"d":{"id":11540474045172975}}\n');
  });

  test("a query that runs too long is stopped", async () => {
    const kql =
      "range x from 1 to 1000000 step 1 | extend k = 1 | join kind=inner (range y from 1 to 1000000 step 1 | extend k = 1) on k | count";
    const ran = await goshawk(["query", kql, "--timeout", "1", ...store]);
    expect(ran.err).toContain("ran longer than 1000 ms");
    expect(ran.code).toBe(2);
  });
});
