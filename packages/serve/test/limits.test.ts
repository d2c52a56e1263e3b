import type { AnswerPiece } from "@goshawk/engine";
import { afterAll, beforeAll, expect, test } from "vitest";
import { answersOf } from "../src/engines/answers.ts";
import { fairQueue } from "../src/engines/fairQueue.ts";
import { runningQueries } from "../src/engines/running.ts";
import type { Server } from "../src/index.ts";
import { startServer } from "./support.ts";

let server: Server;
beforeAll(async () => {
  server = await startServer({ limits: { workers: 1, waiting: 1 } });
});
afterAll(() => server.close());

// A union has no order, so that nothing has to be sorted before the first row.
const endless = "union (range x from 1 to 100000000000 step 1)";
const ask = (query: string, options: object = {}, init: RequestInit = {}): Promise<Response> =>
  fetch(`${server.url}/v2/rest/query`, {
    method: "POST",
    body: JSON.stringify({ csl: query, properties: { Options: { notruncation: true, ...options } } }),
    ...init,
  });

test("rows arrive before the last is computed, and a client that goes away frees the engine", async () => {
  const abort = new AbortController();
  const answer = await ask(endless, {}, { signal: abort.signal });
  const reader = answer.body?.getReader();
  let text = "";
  while (!text.includes('"Rows":[[')) text += new TextDecoder().decode((await reader?.read())?.value);
  abort.abort();
  expect(await (await ask("print 1")).text()).toContain("[1]");
  expect(server.service.running.list()).toEqual([]);
});

test("rows that nobody takes are not computed: what is ahead of a client stays small", async () => {
  const sent = async (): Promise<number> =>
    Number(/^goshawk_rows_total (\d+)$/m.exec(await server.service.metrics.text())?.[1] ?? 0);
  const before = await sent();
  const abort = new AbortController();
  const reader = (await ask(endless, {}, { signal: abort.signal })).body?.getReader();
  let bytes = 0;
  while (bytes < 2 ** 20) bytes += (await reader?.read())?.value?.length ?? 0;
  let [last, now] = [-1, await sent()];
  while (now !== last) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    [last, now] = [now, await sent()];
  }
  // A row of this answer has eight bytes at least; the sockets of the machine hold some megabytes.
  expect((now - before) * 8 - bytes).toBeLessThan(32 * 2 ** 20);
  abort.abort();
});

test("a million rows pass whole", async () => {
  let bytes = 0;
  for await (const chunk of (await ask("union (range x from 1 to 1000000 step 1)")).body ?? []) bytes += chunk.length;
  expect(bytes).toBeGreaterThan(6_888_896);
});

test("a query that still waits can be cancelled, and says so", async () => {
  const abort = new AbortController();
  const first = await ask(endless, {}, { signal: abort.signal });
  const second = ask("print 2", {}, { headers: { "x-ms-client-request-id": "second" } });
  while (server.service.pool.waiting() === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(await (await ask('.cancel query "second"')).text()).toContain('["second",true]');
  expect((await second).status).toBe(400);
  expect(await (await second).text()).toContain("was cancelled");
  await first.body?.cancel();
  abort.abort();
});

test("a client that takes nothing of its answer does not keep the engine", async () => {
  let ended = false;
  async function* pieces(): AsyncGenerator<AnswerPiece, void, undefined> {
    try {
      for (;;) yield { kind: "rows", table: 0, rows: [["1"]] };
    } finally {
      ended = true;
    }
  }
  const engine = { stream: async () => ({ ok: true, columns: [[]], pieces: pieces() }) };
  const pool = { use: (_client: string, _snapshot: object, _signal: AbortSignal, work: Work) => work(engine) };
  const tables = { newest: async () => ({ snapshot: {}, done: () => undefined }) };
  const running = runningQueries();
  const metrics = { asked: () => undefined, rows: () => undefined };
  const answers = answersOf(pool as never, tables as never, running, metrics as never, { stallMs: 20 });
  const signal = new AbortController().signal;
  const answer = await answers.rows({ request: { text: "T", now: 0n }, client: "slow", id: "slow", signal });
  await answer.pieces.next();
  while (running.list().length > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await expect(
    (async () => {
      for await (const _ of answer.pieces);
    })(),
  ).rejects.toThrow("none of it was taken");
  expect(ended).toBe(true);
});
type Work = (engine: object) => Promise<unknown>;

test("an answer that nobody began to read frees its engine when its request is over", async () => {
  const { answers, running } = server.service;
  const gone = new AbortController();
  const left = await answers.rows({
    request: { text: endless, now: 0n },
    client: "left",
    id: "left",
    signal: gone.signal,
  });
  await left.pieces.return();
  gone.abort();
  expect(await (await ask("print 1")).text()).toContain("[1]");
  expect(running.list()).toEqual([]);
});

test("more than may wait is told to come again later", async () => {
  const abort = new AbortController();
  const first = await ask(endless, {}, { signal: abort.signal });
  const second = ask("print 2");
  while (server.service.pool.waiting() === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  const third = await ask("print 3");
  expect(third.status).toBe(429);
  expect(Number(third.headers.get("retry-after"))).toBeGreaterThan(0);
  await first.body?.cancel();
  abort.abort();
  expect((await second).status).toBe(200);
});

test("clients take turns, however many queries one of them has", async () => {
  const queue = fairQueue(["slot"], { waiting: 10, waitingEach: 10 }, () => 1);
  const { signal } = new AbortController();
  const order: string[] = [];
  const wait = (client: string, name: string) => queue.take(client, signal).then(() => order.push(name));
  await queue.take("a", signal);
  const all = [wait("a", "a1"), wait("a", "a2"), wait("a", "a3"), wait("b", "b1")];
  for (const _ of all) {
    queue.give("slot");
    await new Promise((resolve) => setImmediate(resolve));
  }
  await Promise.all(all);
  expect(order).toEqual(["a1", "b1", "a2", "a3"]);
});
