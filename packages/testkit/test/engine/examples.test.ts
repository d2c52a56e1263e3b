import { scalarFunctions } from "@goshawk/kql";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isError } from "../../src/conformance/answer.ts";
import { openSessionBatch, type SessionBatch } from "../../src/engine/sessionBatch.ts";

let engine: SessionBatch;

beforeAll(async () => {
  engine = await openSessionBatch([]);
});

afterAll(() => engine.close());

const examples = scalarFunctions.flatMap((row) =>
  row.kind === "scalar" ? row.examples.map(([expression, answer, about = ""]) => ({ expression, answer, about })) : [],
);

test("the rows of the functions bring examples", () => {
  expect(examples.length).toBeGreaterThan(20);
});

test("every example answers what its row says Kusto answers", async () => {
  const queries = examples.map(({ expression, answer }, index) => ({
    id: String(index),
    query: `print got = tostring(${expression}), want = tostring(${answer})`,
  }));
  const answers = await engine.run(queries, { tables: [] });
  const wrong = answers.flatMap((answer) => {
    const example = examples[Number(answer.id)];
    if (isError(answer)) return [`${example?.expression}: ${answer.error.message}`];
    const [got, want] = answer.rows[0] ?? [];
    return got === want ? [] : [`${example?.expression} is ${got}, expected ${want} (${example?.about})`];
  });
  expect(wrong).toEqual([]);
});
