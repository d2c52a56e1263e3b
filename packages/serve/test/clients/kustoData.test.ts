import { Client, ClientRequestProperties, KustoConnectionStringBuilder } from "azure-kusto-data";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Server } from "../../src/index.ts";
import { everyType, startServer } from "../support.ts";

let server: Server;
let client: Client;
beforeAll(async () => {
  server = await startServer({ limits: { workers: 2 } });
  client = new Client(new KustoConnectionStringBuilder(server.url));
});
afterAll(() => server.close());

const long =
  "range x from 1 to 1000000 step 1 | extend k = 1 | join kind=inner (range y from 1 to 1000000 step 1 | extend k = 1) on k | count";

test("every type arrives in the client's own values", async () => {
  const { primaryResults } = await client.execute("Hunt", everyType);
  const [table] = primaryResults;
  expect(table?.columns.map((column) => column.type)).toEqual([
    "bool",
    "int",
    "long",
    "real",
    "decimal",
    "string",
    "datetime",
    "timespan",
    "guid",
    "dynamic",
  ]);
  const [first, second] = [...(table?.rows() ?? [])].map((row) => row.toJSON());
  expect(first).toMatchObject({
    b: true,
    i: 7,
    r: 1.5,
    dec: "12345678901234567.89",
    s: "x",
    d: { a: [1, 2], b: null },
  });
  expect(first?.dt).toEqual(new Date("2024-05-06T07:08:09.123Z"));
  expect(second).toMatchObject({ b: null, s: "", d: null });
});

test("parameters of every kind reach the query as values", async () => {
  const properties = new ClientRequestProperties();
  properties.setParameter("name", `x" | take 0 //`);
  properties.setParameter("n", 42);
  properties.setParameter("when", "datetime(2024-05-06T07:08:09.1234567Z)");
  properties.setParameter("list", 'dynamic(["a","b"])');
  const { primaryResults } = await client.execute(
    "Hunt",
    "declare query_parameters(name:string, n:long, when:datetime, list:dynamic, other:string = 'd'); print name, n + 1, tostring(when), list[1], other",
    properties,
  );
  expect([...(primaryResults[0]?.rows() ?? [])].map((row) => [...row.values()])).toEqual([
    [`x" | take 0 //`, 43, "2024-05-06T07:08:09.1234567Z", "b", "d"],
  ]);
});

test("errors, a timeout and a partial failure are thrown", async () => {
  await expect(client.execute("Hunt", "DeviceProcessEvents | where Nope == 1")).rejects.toMatchObject({
    response: { status: 400, data: { error: { "@permanent": true } } },
  });
  const brief = new ClientRequestProperties();
  brief.setTimeout(500);
  await expect(client.execute("Hunt", long, brief)).rejects.toBeTruthy();
  const small = new ClientRequestProperties();
  small.setOption("truncationmaxrecords", 5);
  await expect(client.execute("Hunt", "range x from 1 to 10 step 1", small)).rejects.toThrow(/E_QUERY_RESULT_SET/);
});

test("a running query is cancelled by its id", async () => {
  const properties = new ClientRequestProperties();
  properties.clientRequestId = "test;cancel-me";
  const running = client.execute("Hunt", long, properties);
  const ended = expect(running).rejects.toMatchObject({ response: { data: { error: { code: "Cancelled" } } } });
  let shown = 0;
  while (shown === 0) {
    const { primaryResults } = await client.execute("Hunt", ".show queries");
    shown = primaryResults[0]?._rows.length ?? 0;
  }
  await client.execute("Hunt", '.cancel query "test;cancel-me"');
  await ended;
});

test("the event time is held to a scope, and what is asked of now() is answered", async () => {
  const properties = new ClientRequestProperties();
  properties.setOption("query_datetimescope_from", "2026-03-04T09:30:00Z");
  properties.setOption("query_datetimescope_to", "2026-03-05T00:00:00Z");
  properties.setOption("query_now", "2026-03-07T00:00:00Z");
  const { primaryResults } = await client.execute(
    "Hunt",
    "DeviceProcessEvents | project FileName, Now = tostring(now())",
    properties,
  );
  expect(primaryResults[0]?.toJSON().data).toEqual([{ FileName: "cmd.exe", Now: "2026-03-07T00:00:00.0000000Z" }]);
});

test("a large answer comes whole", async () => {
  const properties = new ClientRequestProperties();
  properties.setOption("notruncation", true);
  const { primaryResults } = await client.execute("Hunt", "union (range x from 1 to 200000 step 1)", properties);
  expect(primaryResults[0]?._rows.length).toBe(200_000);
});
