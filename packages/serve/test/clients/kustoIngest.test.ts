import { Readable } from "node:stream";
import { Client, KustoConnectionStringBuilder } from "azure-kusto-data";
import { DataFormat, IngestionProperties, StreamDescriptor, StreamingIngestClient } from "azure-kusto-ingest";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Server } from "../../src/index.ts";
import { startServer } from "../support.ts";

let server: Server;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

function send(text: string, table: string, format: DataFormat): Promise<unknown> {
  const properties = new IngestionProperties({ database: "Hunt", table, format });
  const client = new StreamingIngestClient(new KustoConnectionStringBuilder(server.url), properties);
  return client.ingestFromStream(new StreamDescriptor(Readable.from([Buffer.from(text)])), properties);
}

test("rows that the ingestion client streams are there for the next query", async () => {
  const rows = [
    '{"TimeGenerated":"2026-03-08T00:00:00.1234567Z","Id":9007199254740993}',
    '{"TimeGenerated":"2026-03-08T00:00:01Z","Id":2}',
  ];
  const answer = (await send(`${rows.join("\n")}\n`, "Made_CL", DataFormat.MULTIJSON)) as {
    Tables: { Rows: unknown[][] }[];
  };
  expect(answer.Tables[0]?.Rows[0]?.[2]).toBe(2);
  const client = new Client(new KustoConnectionStringBuilder(server.url));
  // CSV has no names: its cells stand in the order of the table's columns.
  const schema = await client.execute("Hunt", ".show table Made_CL cslschema | project Schema");
  const cells: Record<string, string> = { "TimeGenerated:datetime": "2026-03-09T00:00:00Z", "Id:long": "3" };
  const line = String(schema.primaryResults[0]?._rows[0]?.[0])
    .split(",")
    .map((column) => cells[column] ?? "");
  await send(`${line.join(",")}\n`, "Made_CL", DataFormat.CSV);
  const { primaryResults } = await client.execute("Hunt", "Made_CL | project tostring(Id) | sort by Id asc");
  expect(primaryResults[0]?._rows).toEqual([["2"], ["3"], ["9007199254740993"]]);
});

test("queued ingestion is refused with what to do instead", async () => {
  const client = new Client(new KustoConnectionStringBuilder(server.url));
  await expect(client.execute("Hunt", ".get ingestion resources")).rejects.toMatchObject({
    response: { data: { error: { "@message": expect.stringContaining("streaming ingestion") } } },
  });
});
