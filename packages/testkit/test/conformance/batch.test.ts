import { expect, test } from "vitest";
import { askAll } from "../../src/conformance/batch.ts";

const queries = ["a", "b", "c"].map((id) => ({ id, query: `print '${id}'` }));
const answer = (id: string) => ({ id, columns: [], types: [], rows: [] });

test("queries go in batches, and answers find their query in whatever order they come", async () => {
  const sizes: number[] = [];
  const progress: number[] = [];
  const answers = await askAll(queries, {
    tables: [],
    batchSize: 2,
    onProgress: (done) => progress.push(done),
    runBatch: async (batch) => {
      sizes.push(batch.length);
      return batch.map(({ id }) => answer(id)).toReversed();
    },
  });
  expect([sizes, progress, [...answers.keys()].sort()]).toEqual([
    [2, 1],
    [2, 3],
    ["a", "b", "c"],
  ]);
});

test.each([
  ["that was not asked", ["a", "x"]],
  ["that comes twice", ["a", "a"]],
])("an answer %s stops the run, for then no answer can be trusted", async (_, ids) => {
  const asking = askAll(queries, { tables: [], runBatch: async () => ids.map(answer) });
  await expect(asking).rejects.toThrow("was not asked or has been answered");
});

test("an aborted run asks nothing more", async () => {
  const abort = new AbortController();
  const asking = askAll(queries, {
    tables: [],
    batchSize: 1,
    signal: abort.signal,
    runBatch: async (batch) => {
      if (batch[0]?.id !== "a") throw new Error("asked on");
      abort.abort(new Error("interrupted"));
      return [answer("a")];
    },
  });
  await expect(asking).rejects.toThrow("interrupted");
});
