// Runs in a process of its own, because trust in a certificate is decided when Node starts. Argument: the server's URL.
import { LogsQueryClient as OldClient } from "@azure/monitor-query";
import { LogsQueryClient } from "@azure/monitor-query-logs";

const url = process.argv[2];
const credential = { getToken: async () => ({ token: "unused", expiresOnTimestamp: Date.now() + 3_600_000 }) };
const client = new LogsQueryClient(credential, { endpoint: `${url}/v1` });
const bare = new LogsQueryClient(credential, { endpoint: url });
const old = new OldClient(credential, { endpoint: url });
const query = "DeviceProcessEvents | sort by Timestamp asc | project Timestamp, FileName, d = dynamic({'a':1}), t = 1s";
const span = { startTime: new Date("2026-03-04T00:00:00Z"), endTime: new Date("2026-03-05T00:00:00Z") };
const options = { includeQueryStatistics: true, includeVisualization: true };
const failure = async (work) =>
  work.then(
    () => "no failure",
    (error) => ({ code: error.code, status: error.statusCode }),
  );
const many = "range x from 1 to 600000 step 1";
const [one, two] =
  (await client.queryLogsBatch?.([
    { workspaceId: "w", query: "print 1", timespan: { duration: "P1D" } },
    { workspaceId: "w", query: "Nope", timespan: { duration: "P1D" } },
  ])) ??
  (await client.queryBatch([
    { workspaceId: "w", query: "print 1", timespan: { duration: "P1D" } },
    { workspaceId: "w", query: "Nope", timespan: { duration: "P1D" } },
  ]));
const whole = await client.queryWorkspace("w", `${query} | render timechart`, span, options);
const partial = await client.queryWorkspace("w", many, { duration: "P1D" });
process.stdout.write(
  JSON.stringify({
    rows: whole.tables[0].rows,
    types: whole.tables[0].columnDescriptors.map((column) => column.type),
    statistics: typeof whole.statistics?.query?.executionTime,
    visualization: whole.visualization?.visualization,
    bare: (await bare.queryWorkspace("w", "print 1", { duration: "PT24H" })).tables[0].rows,
    old: (await old.queryWorkspace("w", "print 1", { duration: "PT24H" })).tables[0].rows,
    resource: (
      await client.queryResource("/subscriptions/s/resourceGroups/g/providers/p/machines/m", "print 2", {
        duration: "P1D",
      })
    ).tables[0].rows,
    batch: [one.status, two.status],
    failed: await failure(client.queryWorkspace("w", "Nope", { duration: "P1D" })),
    partial: [partial.status, partial.partialTables?.[0]?.rows.length],
  }),
);
