import { expect, test } from "vitest";
import type { Answer } from "../../src/conformance/answer.ts";
import type { RunBatch } from "../../src/conformance/batch.ts";
import type { ConformanceRecord } from "../../src/conformance/record.ts";
import { runConformance } from "../../src/conformance/runConformance.ts";
import { temporaryFolder } from "../read/temporary.ts";
import { recordWith } from "./records.ts";

const refusedByKusto = { columns: null, types: null, rows: null };
const records: readonly ConformanceRecord[] = [
  recordWith({ id: "t/right", source: "traps" }),
  recordWith({ id: "t/wrong", source: "traps" }),
  recordWith({ id: "t/refused", source: "traps" }),
  recordWith({ id: "t/unusable", source: "traps", usable: false }),
  recordWith({ id: "t/redundant", source: "traps", redundant: true }),
  recordWith({ id: "d/table", source: "docs", tables: ["Nowhere"] }),
  recordWith({ id: "d/silent", source: "docs" }),
  recordWith({ id: "e/lenient", source: "errors", check: "error", usable: false, expected: refusedByKusto }),
];

const said: { readonly [id: string]: Omit<Answer, "id"> } = {
  "t/right": { columns: ["x"], types: ["long"], rows: [["1"]] },
  "t/wrong": { columns: ["x"], types: ["long"], rows: [["2"]] },
  "t/refused": { error: { code: "unsupported-function", message: "'f' can't be run here", start: 0, length: 1 } },
  "e/lenient": { columns: [], types: [], rows: [] },
};

const engine: RunBatch = async (queries) =>
  queries.flatMap(({ id }) => (said[id] === undefined ? [] : [{ id, ...said[id] } as Answer]));

const recordsFolder = () =>
  temporaryFolder({ "all.jsonl": records.map((record) => `${JSON.stringify(record)}\n`).join("") });

test("every counted record is in the figures, by source", async () => {
  const report = await runConformance({ folder: await recordsFolder(), runBatch: engine, tables: [], gaps: [] });
  const none = { pass: 0, refused: 0, wrong: 0, error: 0, lenient: 0, skip: 0 };
  expect(report.rows).toEqual([
    { group: "traps", counts: { ...none, pass: 1, refused: 1, wrong: 1 }, knownGaps: 0 },
    { group: "docs", counts: { ...none, error: 1, skip: 1 }, knownGaps: 0 },
    { group: "errors", counts: { ...none, lenient: 1 }, knownGaps: 0 },
  ]);
  expect(report.failures.map(({ id, problem }) => [id, problem])).toEqual([
    ["t/wrong", 'wrong: missing row ["1"]'],
    ["t/refused", "refused: unsupported-function: 'f' can't be run here"],
    ["d/silent", "error: no answer"],
  ]);
});

test("a query over a table that is not there is not asked", async () => {
  const asked: string[] = [];
  const listening: RunBatch = (queries, context) => {
    asked.push(...queries.map(({ id }) => id));
    return engine(queries, context);
  };
  await runConformance({ folder: await recordsFolder(), runBatch: listening, tables: [], gaps: [], sources: ["docs"] });
  expect(asked).toEqual(["d/silent"]);
});

test("the engine is told which tables to load", async () => {
  const table = { name: "Nowhere", columns: [{ name: "x", type: "long" }], csv: "/data/Nowhere.csv" } as const;
  const given: unknown[] = [];
  const listening: RunBatch = (queries, context) => {
    given.push(context.tables);
    return engine(queries, context);
  };
  const folder = await recordsFolder();
  await runConformance({ folder, runBatch: listening, tables: [table], gaps: [], sources: ["docs"] });
  expect(given).toEqual([[table]]);
});

test("two records of one name are not taken for one", async () => {
  const line = `${JSON.stringify(recordWith({ id: "twice" }))}\n`;
  const folder = await temporaryFolder({ "a.jsonl": line, "b.jsonl": line });
  const running = runConformance({ folder, runBatch: engine, tables: [], gaps: [] });
  await expect(running).rejects.toThrow("two records are called 'twice'");
});

test("a line that is no record stops the run, by file, line and field", async () => {
  const folder = await temporaryFolder({ "a.jsonl": JSON.stringify({ ...recordWith({}), check: "fulll" }) });
  const running = runConformance({ folder, runBatch: engine, tables: [], gaps: [] });
  await expect(running).rejects.toThrow(/a\.jsonl:1: unknown check "fulll"/);
});
