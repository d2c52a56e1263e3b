import { Client } from "@microsoft/microsoft-graph-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Server } from "../../src/index.ts";
import { everyType, startServer } from "../support.ts";

let server: Server;
let client: Client;
beforeAll(async () => {
  server = await startServer();
  client = Client.init({
    baseUrl: `${server.url}/`,
    defaultVersion: "v1.0",
    authProvider: (done) => done(null, "unused"),
  });
});
afterAll(() => server.close());

test("Graph's client gets the rows as objects, with .NET's types", async () => {
  const answer = await client.api("/security/runHuntingQuery").post({ Query: everyType });
  expect(answer.schema).toContainEqual({ name: "l", type: "Int64" });
  expect(answer.results[0]).toMatchObject({ dt: "2024-05-06T07:08:09.1234567Z", d: { a: [1, 2], b: null }, b: true });
  expect(answer.results[1]).toMatchObject({ s: "", l: null });
});

test.each([
  ["2026-03-04/2026-03-05", ["powershell.exe", "cmd.exe"]],
  ["P1D/2026-03-06T12:00:00Z", ["rundll32.exe"]],
  ["2026-03-04T09:30:00Z/PT1H", ["cmd.exe"]],
  ["2026-03-05", ["rundll32.exe"]],
])("the timespan %s holds the query to its time", async (timespan, files) => {
  const answer = await client
    .api("/security/microsoft.graph.security.runHuntingQuery")
    .version("beta")
    .post({ query: "DeviceProcessEvents | sort by Timestamp asc | project FileName", timespan });
  expect(answer.results.map((row: { FileName: string }) => row.FileName)).toEqual(files);
});

test("an error is a GraphError of the client", async () => {
  await expect(client.api("/security/runHuntingQuery").post({ query: "Nope" })).rejects.toMatchObject({
    statusCode: 400,
    code: "BadRequest",
    message: expect.stringContaining("Nope"),
  });
});

test("the older API and the GET form answer the same in their own words", async () => {
  const post = await fetch(`${server.url}/api/advancedhunting/run`, {
    method: "POST",
    body: JSON.stringify({ Query: "print n = 9007199254740993" }),
  });
  const text = await post.text();
  expect(text).toContain('"Schema":[{"Name":"n","Type":"Int64"}],"Results":[{"n":9007199254740993}]');
  const got = await fetch(
    `${server.url}/beta/security/getRunHuntingQuery(query='${encodeURIComponent("print s = ''it''")}',timespan='P1D')`,
  );
  expect(((await got.json()) as { results: unknown }).results).toEqual([{ s: "it" }]);
});
