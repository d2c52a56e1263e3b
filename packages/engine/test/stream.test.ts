import { afterAll, expect, test } from "vitest";
import { type AnswerPiece, startWorkerBackend } from "../src/index.ts";

const backend = startWorkerBackend({ tables: [], schemas: new URL("./noSchemas.mjs", import.meta.url).href });
afterAll(() => backend.close());

// A union has no order, so that nothing has to be sorted before the first row.
const million = "union (range x from 1 to 1000000 step 1)";
const endless = "union (range x from 1 to 100000000000 step 1)";

test("rows arrive while the rest is not computed, and every row arrives once", async () => {
  const answer = await backend.stream({ text: million, now: 0n });
  if (!answer.ok) throw new Error("refused");
  let rows = 0;
  let sum = 0n;
  for await (const piece of answer.pieces) {
    if (piece.kind !== "rows") continue;
    rows += piece.rows.length;
    for (const [x] of piece.rows) sum += BigInt(x ?? 0);
  }
  expect(rows).toBe(1_000_000);
  expect(sum).toBe(500_000_500_000n);
});

test("a reader that stops early frees the engine for the next query", async () => {
  const abort = new AbortController();
  const answer = await backend.stream({ text: endless, now: 0n }, abort.signal);
  if (!answer.ok) throw new Error("refused");
  const first = await answer.pieces.next();
  expect((first.value as AnswerPiece).kind).toBe("rows");
  await answer.pieces.return();
  const next = await backend.query({ text: "print 1", now: 0n });
  expect(next.ok && next.table.rows).toEqual([["1"]]);
});

test("a reader that takes nothing is timed out", async () => {
  const answer = await backend.stream({ text: endless, now: 0n, timeoutMs: 200 });
  if (!answer.ok) throw new Error("refused");
  await new Promise((resolve) => setTimeout(resolve, 400));
  const rest = (async () => {
    for await (const _ of answer.pieces);
  })();
  await expect(rest).rejects.toMatchObject({ kind: "timeout" });
});

test("an aborted signal ends the stream, and the rows limit is told", async () => {
  const abort = new AbortController();
  const answer = await backend.stream({ text: endless, now: 0n }, abort.signal);
  if (!answer.ok) throw new Error("refused");
  abort.abort();
  const rest = (async () => {
    for await (const _ of answer.pieces);
  })();
  await expect(rest).rejects.toMatchObject({ kind: "cancelled" });
  const limited = await backend.stream({ text: "range x from 1 to 10 step 1; print 2", now: 0n, rowLimit: 3 });
  if (!limited.ok) throw new Error("refused");
  const pieces: AnswerPiece[] = [];
  for await (const piece of limited.pieces) pieces.push(piece);
  expect(pieces).toEqual([
    { kind: "rows", table: 0, rows: [["1"], ["2"], ["3"]] },
    { kind: "end", table: 0, truncated: true },
    { kind: "rows", table: 1, rows: [["2"]] },
    { kind: "end", table: 1, truncated: false },
  ]);
});

test("a reader that leaves before the first piece frees the engine for the next query", async () => {
  const answer = await backend.stream({ text: endless, now: 0n });
  if (!answer.ok) throw new Error("refused");
  await answer.pieces.return();
  const next = await backend.query({ text: "print 1", now: 0n });
  expect(next.ok && next.table.rows).toEqual([["1"]]);
});

// Kusto documentation, make-series operator: generated arrays are limited to 1,048,576 values.
test("what a query finds too much while it streams is a fault at its place, not a failure of the engine", async () => {
  const text = "datatable(t: long) [1, 1048577] | make-series n = count() on t step 1";
  const answer = await backend.stream({ text, now: 0n });
  if (!answer.ok) throw new Error("refused");
  await expect(answer.pieces.next()).rejects.toMatchObject({
    diagnostic: { code: "too-much", span: { start: text.indexOf("make-series"), end: text.length } },
  });
});
