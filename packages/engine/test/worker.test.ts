import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Backend, startWorkerBackend } from "../src/index.ts";

const long =
  "range x from 1 to 1000000 step 1 | extend k = 1 | join kind=inner (range y from 1 to 1000000 step 1 | extend k = 1) on k | count";

let backend: Backend;

beforeAll(() => {
  backend = startWorkerBackend({
    tables: [],
    schemas: new URL("./noSchemas.mjs", import.meta.url).href,
    memoryLimit: "1GB",
    threads: 2,
  });
});

afterAll(() => backend.close());

describe("the engine in its own thread", () => {
  test("answers while the event loop goes on", async () => {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 5);
    const outcome = await backend.query({ text: "range x from 1 to 3000000 step 1 | summarize sum(x)", now: 0n });
    clearInterval(timer);
    expect(outcome.ok && outcome.table.rows).toBeTruthy();
    expect(ticks).toBeGreaterThan(1);
  });

  test("a query at fault is a value with a span", async () => {
    const outcome = await backend.query({ text: "print x = nope()", now: 0n });
    expect(outcome.ok).toBe(false);
    if (!outcome.ok) expect(outcome.diagnostics[0]?.span).toEqual({ start: 10, end: 14 });
  });

  test("a cancelled query stops, and the next one runs", async () => {
    const abort = new AbortController();
    const running = backend.query({ text: long, now: 0n }, abort.signal);
    setTimeout(() => abort.abort(), 300);
    await expect(running).rejects.toMatchObject({ kind: "cancelled" });
    expect((await backend.query({ text: "print 1", now: 0n })).ok).toBe(true);
  });

  test("a query cancelled before its turn never runs", async () => {
    const abort = new AbortController();
    const first = backend.query({ text: "range x from 1 to 1000000 step 1 | count", now: 0n });
    const second = backend.query({ text: long, now: 0n }, abort.signal);
    abort.abort();
    await expect(second).rejects.toMatchObject({ kind: "cancelled" });
    expect((await first).ok).toBe(true);
  });

  test("a query that takes too long is stopped", async () => {
    await expect(backend.query({ text: long, now: 0n, timeoutMs: 200 })).rejects.toMatchObject({ kind: "timeout" });
  });

  test("a row limit is told", async () => {
    const outcome = await backend.query({ text: "range x from 1 to 100 step 1", now: 0n, rowLimit: 3 });
    expect(outcome.ok && [outcome.table.rows.length, outcome.table.truncated]).toEqual([3, true]);
  });
});
