import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { tidy, workshop } from "../temporary.ts";

afterAll(tidy);

describe("standard input", () => {
  test("its format and packing are told as a file's are, and the receipt calls it -", async () => {
    const { ingest, rows, store } = await workshop();
    const stdin = Readable.from([gzipSync('{"A":1}\n{"A":2}\n')]);
    const { stored, failed } = await ingest("-", { stdin });
    expect(failed).toEqual([]);
    expect(stored.map(({ path, format, rows: count }) => [path, format, count])).toEqual([
      ["-", "gzip, JSON lines", 2],
    ]);
    expect((await store.sources())[0]?.path).toBe("-");
    expect(await rows("stdin_CL | summarize sum(A)")).toEqual([["3"]]);
  });

  test("the same bytes again, now from a file, are known", async () => {
    const { ingest, file } = await workshop();
    await ingest("-", { stdin: Readable.from(['{"A":1}\n']) });
    const { known, stored } = await ingest(await file("a.jsonl", '{"A":1}\n'));
    expect([known.length, stored.length]).toEqual([1, 0]);
  });

  test("progress never goes back, and ends with all bytes", async () => {
    const { ingest, file } = await workshop();
    const seen: number[] = [];
    const path = await file("a.jsonl", '{"A":1}\n'.repeat(1000));
    await ingest(path, { onProgress: ({ bytes, bytesOf }) => seen.push(bytes / bytesOf) });
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect([seen[0], seen.at(-1)]).toEqual([0, 1]);
  });
});
