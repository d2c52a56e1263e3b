import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Server } from "../src/index.ts";
import { everyType, everyTypeRows, startServer } from "./support.ts";

let server: Server;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

const post = (path: string, csl: string, options: object = {}, more: object = {}): Promise<Response> =>
  fetch(`${server.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ db: "Hunt", csl, properties: { Options: options, ...more } }),
  });

describe("Kusto's wire keeps every value", () => {
  test("v2: a long beyond 2^53, ticks, NaN and dynamic arrive as the golden body has them", async () => {
    const text = await (await post("/v2/rest/query", everyType)).text();
    expect(text.replace('"Rows":[ ', '"Rows":[')).toContain(`"Rows":${everyTypeRows}`);
    expect(JSON.parse(text).map((frame: { FrameType: string }) => frame.FrameType)).toEqual([
      "DataSetHeader",
      "DataTable",
      "DataTable",
      "DataTable",
      "DataSetCompletion",
    ]);
  });

  test("v1: the same, with a table of contents for two results", async () => {
    const text = await (await post("/v1/rest/query", `${everyType}; print 2`)).text();
    expect(text).toContain(`"Rows":${everyTypeRows}`);
    const { Tables } = JSON.parse(text);
    expect(Tables.map((table: { TableName: string }) => table.TableName)).toEqual([
      "Table_0",
      "Table_1",
      "Table_2",
      "Table_3",
      "Table_4",
    ]);
    expect(Tables[4].Rows.map((row: string[]) => row[1])).toEqual([
      "QueryResult",
      "QueryResult",
      "QueryProperties",
      "QueryStatus",
    ]);
    expect(Tables[0].Columns[4]).toEqual({ ColumnName: "dec", DataType: "SqlDecimal", ColumnType: "decimal" });
  });

  test("fragments and newlines come when asked for, each line a frame", async () => {
    const text = await (
      await post("/v2/rest/query", everyType, {
        results_v2_fragment_primary_tables: true,
        results_v2_newlines_between_frames: true,
        results_error_reporting_placement: "end_of_table",
      })
    ).text();
    const lines = text.trimEnd().split("\n");
    expect(lines.at(-1)).toBe("]");
    expect(lines.slice(1, -1).every((line) => line.startsWith(","))).toBe(true);
    const frames = JSON.parse(text);
    expect(frames[0]).toEqual({
      FrameType: "DataSetHeader",
      IsProgressive: false,
      Version: "v2.0",
      IsFragmented: true,
      ErrorReportingPlacement: "EndOfTable",
    });
    expect(frames.find((frame: { FrameType: string }) => frame.FrameType === "TableCompletion").RowCount).toBe(4);
  });

  test("progressive frames come only when asked for, and hold the same rows", async () => {
    const options = { results_progressive_enabled: true, results_v2_newlines_between_frames: true };
    const text = await (await post("/v2/rest/query", everyType, options)).text();
    const frames = JSON.parse(text) as { FrameType: string; Rows: unknown }[];
    expect(text.trimEnd().split("\n").length).toBe(frames.length + 1);
    expect(frames[0]).toMatchObject({ IsProgressive: true, IsFragmented: false });
    expect(frames.map((frame) => frame.FrameType)).toEqual([
      "DataSetHeader",
      "DataTable",
      "TableHeader",
      "TableFragment",
      "TableProgress",
      "TableCompletion",
      "DataTable",
      "DataSetCompletion",
    ]);
    expect(frames[3]).toMatchObject({ TableFragmentType: "DataAppend", TableId: 1, FieldCount: 10 });
    expect(text).toContain(`"Rows":${everyTypeRows}`);
    expect(await (await post("/v2/rest/query", everyType)).text()).not.toMatch(/TableHeader|TableFragment|\n/);
  });

  test("a failure amid fragments is told where it was asked for, and every frame stays whole", async () => {
    const options = { results_v2_fragment_primary_tables: true, truncationmaxrecords: 3 };
    const frames = async (more: object) =>
      JSON.parse(await (await post("/v2/rest/query", "range x from 1 to 9 step 1", { ...options, ...more })).text());
    const inData = await frames({});
    expect(inData.at(-4).Rows[0].OneApiErrors[0].error.code).toBe("LimitsExceeded");
    expect(inData.at(-3)).toMatchObject({ FrameType: "TableCompletion", RowCount: 3 });
    const atEnd = await frames({ results_error_reporting_placement: "end_of_table" });
    expect(atEnd.at(-3)).toMatchObject({ FrameType: "TableCompletion", OneApiErrors: [{}] });
    expect(atEnd.at(-1)).toMatchObject({ HasErrors: true, Cancelled: false });
  });

  test("a long that a client sends as a number keeps its digits", async () => {
    const answer = await fetch(`${server.url}/v2/rest/query`, {
      method: "POST",
      body: `{"csl":"declare query_parameters(n:long); print n","properties":{"Parameters":{"n":9007199254740993}}}`,
    });
    expect(await answer.text()).toContain("[9007199254740993]");
    const properties = JSON.stringify('{"Parameters":{"n":-9223372036854775807}}');
    const text = await fetch(`${server.url}/v2/rest/query`, {
      method: "POST",
      body: `{"csl":"declare query_parameters(n:long); print n","properties":${properties}}`,
    });
    expect(await text.text()).toContain("[-9223372036854775807]");
  });

  test("after a failure v1 still has each table that its contents name", async () => {
    const failed = await post("/v1/rest/query", "range x from 1 to 10 step 1; print 2", { truncationmaxrecords: 3 });
    const { Tables } = JSON.parse(await failed.text());
    expect(Tables.length).toBe(5);
    expect(Tables[4].Rows.length).toBe(4);
    expect(Tables[1]).toMatchObject({ TableName: "Table_1", Rows: [] });
  });

  test("an answer beyond the limit is a partial failure, not a short answer", async () => {
    const response = await post("/v2/rest/query", "range x from 1 to 10 step 1", { truncationmaxrecords: 3 });
    const frames = JSON.parse(await response.text());
    const rows = frames[2].Rows;
    expect(rows.slice(0, 3)).toEqual([[1], [2], [3]]);
    expect(rows[3].OneApiErrors[0].error.code).toBe("LimitsExceeded");
    expect(frames.at(-1)).toMatchObject({ FrameType: "DataSetCompletion", HasErrors: true });
    const v1 = JSON.parse(
      await (await post("/v1/rest/query", "range x from 1 to 10 step 1", { truncationmaxrecords: 3 })).text(),
    );
    expect(v1.Exceptions[0]).toContain("E_QUERY_RESULT_SET_TOO_LARGE");
  });
});

describe("errors have Kusto's shape", () => {
  test("an unknown column tells its place", async () => {
    const response = await post("/v2/rest/query", "DeviceProcessEvents\n| where Foo == 1");
    expect(response.status).toBe(400);
    const { error } = (await response.json()) as { error: Record<string, never> };
    expect(error["@message"]).toContain("Foo");
    expect(error["@message"]).toContain("[line:position=2:9]");
    expect(error).toMatchObject({ code: "General_BadRequest", "@permanent": true, innererror: { code: "SEM0100" } });
  });

  test("what a query meets only in its rows is its own fault, with its place", async () => {
    const series =
      "datatable(t:datetime)[datetime(2020-01-01)]\n| make-series n = count() on t from datetime(2020-01-01) to datetime(2024-01-01) step 1s";
    for (const [path, body] of [
      ["/v2/rest/query", { csl: series }],
      ["/v1/workspaces/w/query", { query: series }],
      ["/v1.0/security/runHuntingQuery", { Query: series }],
      ["/api/v1/query", { query: series }],
    ] as const) {
      const answer = await fetch(`${server.url}${path}`, { method: "POST", body: JSON.stringify(body) });
      expect([path, answer.status]).toEqual([path, 400]);
      expect(await answer.text()).toMatch(/make-series/);
    }
    const kusto = await (await post("/v2/rest/query", series)).text();
    expect(kusto).toContain("[line:position=2:");
  });

  test("a missing query, a deep body and no JSON are refused", async () => {
    const send = (body: string) => fetch(`${server.url}/v2/rest/query`, { method: "POST", body });
    expect((await send("{}")).status).toBe(400);
    expect((await send("{")).status).toBe(400);
    expect((await send(`{"csl":${"[".repeat(5000)}${"]".repeat(5000)}}`)).status).toBe(400);
    expect((await send(JSON.stringify({ csl: "x".repeat(5 * 2 ** 20) }))).status).toBe(413);
  });

  test("a query over its time is a 504", async () => {
    const slow =
      "range x from 1 to 1000000 step 1 | extend k = 1 | join kind=inner (range y from 1 to 1000000 step 1 | extend k = 1) on k | count";
    expect((await post("/v2/rest/query", slow, { servertimeout: "00:00:00.500" })).status).toBe(504);
  });
});

describe("management commands", () => {
  const rowsOf = async (command: string, path = "/v1/rest/mgmt"): Promise<unknown[][]> =>
    ((await (await post(path, command)).json()) as { Tables: { Rows: unknown[][] }[] }).Tables[0]?.Rows ?? [];

  test("they are known by their dot, on the query endpoints too", async () => {
    expect((await rowsOf("\n// health\n.show databases schema", "/v1/rest/query"))[0]?.[0]).toBe("Hunt");
    expect(await rowsOf(".show tables")).toEqual([["DeviceProcessEvents", "Hunt", "", ""]]);
    expect((await rowsOf(".show databases"))[0]?.[5]).toBe("Hunt");
    expect((await rowsOf(".show  VERSION"))[0]?.[2]).toBe("Engine");
  });

  test("what editors and clients send first is answered by one table with columns", async () => {
    for (const command of [
      ".show cluster",
      ".show cluster monitoring",
      ".show databases entities",
      ".show database Hunt principals",
      ".show principal roles",
      ".show operations",
      ".show queries",
      ".show functions",
      ".show tables details",
      ".show database Hunt policies",
      ".show schema as json",
      ".show cluster databases schema as json",
      ".get kusto identity token",
    ]) {
      const { Tables } = (await (await post("/v1/rest/mgmt", command)).json()) as { Tables: { Columns: object[] }[] };
      expect([command, Tables.length, (Tables[0]?.Columns.length ?? 0) > 0]).toEqual([command, 1, true]);
    }
  });

  test("a pipeline after a command is run", async () => {
    expect(await rowsOf(".show tables | project TableName | extend n = strlen(TableName)")).toEqual([
      ["DeviceProcessEvents", 19],
    ]);
  });

  test("a pipe needs no blank before it, and one in a name is none", async () => {
    expect(await rowsOf(".show tables|count")).toEqual([[1]]);
    expect((await post("/v1/rest/mgmt", ".show table ['a|b'] cslschema")).status).toBe(400);
  });

  test("the schema as JSON has .NET's names of types", async () => {
    const [[text]] = (await rowsOf(".show database Hunt schema as json")) as [[string]];
    const table = JSON.parse(text).Databases.Hunt.Tables.DeviceProcessEvents;
    expect(table.OrderedColumns.find((column: { Name: string }) => column.Name === "Timestamp")).toEqual({
      Name: "Timestamp",
      Type: "System.DateTime",
      CslType: "datetime",
      DocString: "",
    });
  });

  test("what would change the store is refused", async () => {
    expect((await post("/v1/rest/mgmt", ".drop table DeviceProcessEvents")).status).toBe(400);
  });
});
