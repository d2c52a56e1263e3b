import { describe, expect, test } from "vitest";
import type { Answer } from "../../src/conformance/answer.ts";
import { judge } from "../../src/conformance/judge.ts";
import { recordWith } from "./records.ts";

const right: Answer = { id: "r", columns: ["x"], types: ["long"], rows: [["1"]] };
const refusal: Answer = { id: "r", error: { code: "unsupported-function", message: "f", start: 6, length: 1 } };
const crash: Answer = { id: "r", error: { code: "internal-error", message: "boom" } };

test("a refusal and a breakdown are told apart from a wrong answer", () => {
  const record = recordWith({});
  expect(judge(record, right).kind).toBe("pass");
  expect(judge(record, { ...right, rows: [["2"]] }).kind).toBe("wrong");
  expect(judge(record, refusal)).toEqual({ kind: "refused", note: "unsupported-function: f" });
  expect(judge(record, crash).kind).toBe("error");
  expect(judge(record, { id: "r", error: { code: "unsupported-function", message: "nowhere" } }).kind).toBe("error");
  expect(judge(record, undefined).kind).toBe("skip");
});

test("where Kusto refuses, refusing passes, answering is lenient, and breaking down is no refusal", () => {
  const record = recordWith({ check: "error", expected: { columns: null, types: null, rows: null } });
  expect(judge(record, refusal).kind).toBe("pass");
  expect(judge(record, right).kind).toBe("lenient");
  expect(judge(record, crash).kind).toBe("error");
});

test("column names are held to case and order, types are not", () => {
  const record = recordWith({ expected: { columns: ["a", "B"], types: ["long", "int"], rows: [["1", "2"]] } });
  const answer = { id: "r", types: ["int", "real"], rows: [["1", "2"]] };
  expect(judge(record, { ...answer, columns: ["a", "B"] }).kind).toBe("pass");
  expect(judge(record, { ...answer, columns: ["B", "a"] }).kind).toBe("wrong");
  expect(judge(record, { ...answer, columns: ["a", "b"] }).kind).toBe("wrong");
});

test("an answer that contradicts itself is wrong even where its part that counts is right", () => {
  const record = recordWith({ check: "columns" });
  expect(judge(record, { ...right, types: [] }).kind).toBe("wrong");
  expect(judge(record, { ...right, rows: [["1", "2"]] }).kind).toBe("wrong");
});

test("names alone are judged where only names are known", () => {
  expect(judge(recordWith({ check: "columns" }), { ...right, rows: [["7"]] }).kind).toBe("pass");
});

test("an estimate may be 5 % off, and no more", () => {
  const record = recordWith({ approximate: true, expected: { columns: ["x"], types: ["real"], rows: [["100"]] } });
  const answering = (text: string): Answer => ({ id: "r", columns: ["x"], types: ["real"], rows: [[text]] });
  expect(judge(record, answering("104")).kind).toBe("pass");
  expect(judge(record, answering("107")).kind).toBe("wrong");
});

test("a part of the rows is not taken for the whole where the count is known", () => {
  const expected = { columns: ["x"], types: ["long"], rows: [["1"]], rowCount: 3 };
  expect(judge(recordWith({ check: "prefix", expected }), right)).toEqual({
    kind: "wrong",
    note: "1 rows instead of 3",
  });
});

test("a sort key that is no output column decides nothing", () => {
  const expected = { columns: ["x"], types: ["long"], rows: [["1"], ["2"]] };
  const record = recordWith({ ordered: true, sortKeys: ["gone"], expected });
  expect(judge(record, { ...right, rows: [["2"], ["1"]] }).kind).toBe("wrong");
});

describe("rows known as text", () => {
  const textRecord = (fields: object, text: readonly string[]) =>
    recordWith({
      source: "kusto-loco",
      oracle: "third-party-engine",
      check: "rows-text",
      expected: { columns: null, types: null, rows: null, text, rowSeparator: "newline" },
      ...fields,
    });
  const table: Answer = {
    id: "r",
    columns: ["s", "ok"],
    types: ["string", "bool"],
    rows: [
      ["a", "true"],
      ["b", "false"],
    ],
  };

  test("cells keep their type's notation", () => {
    expect(judge(textRecord({}, ["b,False", "a,True"]), table).kind).toBe("pass");
    expect(judge(textRecord({}, ["b,True", "a,True"]), table).kind).toBe("wrong");
  });

  test("rows too many or too few are wrong", () => {
    expect(judge(textRecord({}, ["b,False"]), table).kind).toBe("wrong");
    expect(judge(textRecord({}, ["b,False", "a,True", ""]), table).kind).toBe("wrong");
    expect(judge(textRecord({ ordered: true }, ["a,True", "b,False", ""]), table).kind).toBe("wrong");
  });

  test("in an ordered answer the last row is the last one, else any may be", () => {
    const last = { check: "last-row-text" } as const;
    expect(judge(textRecord({ ...last, ordered: true }, ["a,True"]), table).kind).toBe("wrong");
    expect(judge(textRecord({ ...last, ordered: true }, ["b,False"]), table).kind).toBe("pass");
    expect(judge(textRecord(last, ["a,True"]), table).kind).toBe("pass");
  });

  test("a single cell may hold commas", () => {
    const answer: Answer = { id: "r", columns: ["s"], types: ["string"], rows: [["a,b"]] };
    expect(judge(textRecord({}, ["a,b"]), answer).kind).toBe("pass");
  });
});
