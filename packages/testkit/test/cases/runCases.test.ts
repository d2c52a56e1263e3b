import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ConformanceCase } from "../../src/cases/case.ts";
import { judgeCase } from "../../src/cases/judgeCase.ts";
import { readCases } from "../../src/cases/readCases.ts";
import { runCases } from "../../src/cases/runCases.ts";
import type { Answer } from "../../src/conformance/answer.ts";
import { conformanceFolder } from "../../src/read/sharedFolder.ts";

const one = (expect: ConformanceCase["expect"]): ConformanceCase => {
  return { id: "c", source: "s", kql: "print x = 1", area: "a", file: "a/a.yaml", line: 1, expect };
};
const table = one({ columns: [{ name: "x", type: "long" }], rows: [["1"], ["2"]], order: "any" });
const answer: Answer = { id: "c", columns: ["x"], types: ["long"], rows: [["2"], ["1"]] };
const refusal = (code: string): Answer => ({ id: "c", error: { code, message: "no", start: 0, length: 1 } });

describe("a case of our own", () => {
  test("is held to the type, for int is not long", () => {
    expect(judgeCase(table, answer).kind).toBe("pass");
    expect(judgeCase(table, { ...answer, types: ["int"] })).toEqual({
      kind: "wrong",
      note: 'columns ("x":int) instead of ("x":long)',
    });
  });

  test("is held to the order where it is given", () => {
    const ordered = one({ columns: [{ name: "x", type: "long" }], rows: [["1"], ["2"]], order: "given" });
    expect(judgeCase(ordered, answer).kind).toBe("wrong");
  });

  test("tells the string 1 from the number 1 inside dynamic", () => {
    const dynamic = one({ columns: [{ name: "x", type: "dynamic" }], rows: [['"1"']], order: "any" });
    const found = (cell: string): Answer => ({ id: "c", columns: ["x"], types: ["dynamic"], rows: [[cell]] });
    expect(judgeCase(dynamic, found('"1"')).kind).toBe("pass");
    expect(judgeCase(dynamic, found("1")).kind).toBe("wrong");
  });

  test("that must be refused is refused for the reason given", () => {
    const refused = one({ error: "unsupported-function" });
    expect(judgeCase(refused, refusal("unsupported-function")).kind).toBe("pass");
    expect(judgeCase(refused, refusal("unknown-table")).kind).toBe("wrong");
    expect(judgeCase(refused, refusal("internal-error")).kind).toBe("error");
    expect(judgeCase(refused, answer).kind).toBe("wrong");
  });
});

test("every case of the project passes an engine that answers as expected, and fails one that answers nothing", async () => {
  const { cases } = await readCases(join(conformanceFolder, "cases"));
  const ideal = new Map(cases.map((found) => [found.id, idealAnswer(found)]));
  const good = await runCases({
    cases,
    gaps: [],
    tables: [],
    runBatch: async (queries) => queries.flatMap(({ id }) => ideal.get(id) ?? []),
  });
  expect(good.failures).toEqual([]);
  expect(good.total.counts.pass).toBe(cases.length);
  const silent = await runCases({ cases, gaps: [], tables: [], runBatch: async () => [] });
  expect(silent.total.counts.error).toBe(cases.length);
});

function idealAnswer({ id, expect }: ConformanceCase): Answer {
  if ("error" in expect) return { id, error: { code: expect.error, message: "", start: 0, length: 1 } };
  const { columns, rows } = expect;
  return { id, columns: columns.map(({ name }) => name), types: columns.map(({ type }) => type), rows };
}
