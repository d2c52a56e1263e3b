import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Validator } from "@seriousme/openapi-schema-validator";
import { tableFromIPC } from "apache-arrow";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Server } from "../src/index.ts";
import { startServer } from "./support.ts";

const ruleId = "0f1e2d3c-0000-4000-8000-000000000001";
const rule = `id: ${ruleId}
name: PowerShell anywhere
kind: Scheduled
severity: Low
queryFrequency: 1h
queryPeriod: 1d
query: |
  DeviceProcessEvents
  | where FileName =~ "powershell.exe"
  | project Timestamp, DeviceName, FileName
entityMappings:
  - entityType: Host
    fieldMappings:
      - identifier: HostName
        columnName: DeviceName
`;

const testsOfIt = `now: 2026-03-05T00:00:00Z
tests:
  - name: it sees PowerShell
    rule: powershell.yaml
    events:
      DeviceProcessEvents:
        - { Timestamp: "2026-03-04T10:00:00Z", DeviceName: pc1, FileName: powershell.exe }
    expect: { count: 1 }
  - name: it sees everything
    rule: powershell.yaml
    events:
      DeviceProcessEvents:
        - { Timestamp: "2026-03-04T10:00:00Z", DeviceName: pc1, FileName: cmd.exe }
    expect: { count: 1 }
`;

const admin = `exclusions:
  - id: admin-host
    scenario: The administrator's host
    rules: any
    table: DeviceProcessEvents
    meaning: drop
    when: DeviceName == "lab-ws09"
    owner: soc@example.test
    reason: It is the administrator's
    created: 2026-11-01
`;

let server: Server & { readonly folder: string };
beforeAll(async () => {
  let rules = "";
  let exclusions = "";
  server = await startServer(
    {
      get rules() {
        return [rules];
      },
      get exclusions() {
        return [exclusions];
      },
      now: "latest",
    },
    async (folder) => {
      rules = join(folder, "..", "powershell.yaml");
      exclusions = join(folder, "..", "exclusions.yaml");
      await writeFile(rules, rule);
      await writeFile(join(folder, "..", "powershell.test.yaml"), testsOfIt);
      await writeFile(exclusions, admin);
    },
  );
});
afterAll(() => server.close());

const api = (path: string, init?: RequestInit): Promise<Response> => fetch(`${server.url}/api/v1${path}`, init);
const post = (path: string, body: unknown): Promise<Response> =>
  api(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

async function bodyOf<T>(answer: Response): Promise<T> {
  return (await answer.json()) as T;
}

describe("the API tells what it is", () => {
  test("openapi.json is valid OpenAPI 3.1 and has every route of the API", async () => {
    const description = await bodyOf<{ openapi: string; paths: object }>(await api("/openapi.json"));
    expect(description.openapi).toBe("3.1.0");
    expect(await new Validator().validate(structuredClone(description))).toEqual({ valid: true });
    const routes = server.app.printRoutes({ commonPrefix: false });
    const described = Object.keys(description.paths).sort();
    for (const name of [
      "query",
      "queries",
      "tables",
      "sources",
      "ingest",
      "rules",
      "exclusions",
      "hunts",
      "findings",
      "audit",
    ])
      expect(routes).toContain(name);
    expect(described).toEqual([
      "/api/v1/audit",
      "/api/v1/backtests",
      "/api/v1/checks",
      "/api/v1/exclusions",
      "/api/v1/exclusions/export",
      "/api/v1/exclusions/preview",
      "/api/v1/exclusions/review",
      "/api/v1/findings",
      "/api/v1/findings/export",
      "/api/v1/findings/{id}",
      "/api/v1/hunts",
      "/api/v1/hunts/{id}",
      "/api/v1/hunts/{id}/events",
      "/api/v1/ingest",
      "/api/v1/queries",
      "/api/v1/queries/{id}",
      "/api/v1/query",
      "/api/v1/reports",
      "/api/v1/reports/{id}",
      "/api/v1/rules",
      "/api/v1/schedule",
      "/api/v1/sources",
      "/api/v1/store",
      "/api/v1/store/compact",
      "/api/v1/store/retain",
      "/api/v1/store/verify",
      "/api/v1/tables",
      "/api/v1/tests",
    ]);
  });

  test("what a route does not know is refused", async () => {
    expect((await post("/query", { query: "print 1", nonsense: 1 })).status).toBe(400);
    expect((await post("/query", {})).status).toBe(400);
  });
});

describe("results", () => {
  const query =
    "print l = 9007199254740993, t = datetime(2024-05-06T07:08:09.1234567Z), s = 'a,b', d = dynamic({'a':1}), n = int(null), r = real(nan), dur = 1s";

  test("as JSON: every digit of a long is there, and the pages follow each other", async () => {
    expect(await (await post("/query", { query })).text()).toContain(
      '"rows":[[9007199254740993,"2024-05-06T07:08:09.1234567Z","a,b",{"a":1},null,"NaN","00:00:01"]],"more":false}',
    );
    const rows = "range x from 1 to 10 step 1 | sort by x asc";
    const page = async (skip: number) => (await post("/query", { query: rows, skip, limit: 4 })).json();
    expect(await page(4)).toMatchObject({ rows: [[5], [6], [7], [8]], more: true });
    expect(await page(8)).toMatchObject({ rows: [[9], [10]], more: false });
  });

  test("as CSV: text that a spreadsheet would run is tamed", async () => {
    const answer = await post("/query", { query: "print a = '=1+1', b = 'x\"y', c = -1", format: "csv" });
    expect(await answer.text()).toBe('a,b,c\r\n\'=1+1,"x""y",-1\r\n');
  });

  test("as Arrow: 64 bits, nanoseconds and nulls are exact", async () => {
    const answer = await post("/query", { query, format: "arrow" });
    const table = tableFromIPC(new Uint8Array(await answer.arrayBuffer()));
    expect(table.schema.fields.map((field) => [field.name, field.metadata.get("kql")])).toEqual([
      ["l", "long"],
      ["t", "datetime"],
      ["s", "string"],
      ["d", "dynamic"],
      ["n", "int"],
      ["r", "real"],
      ["dur", "timespan"],
    ]);
    const column = (name: string) => table.getChild(name)?.data[0]?.values;
    expect(column("l")?.[0]).toBe(9007199254740993n);
    expect(column("t")?.[0]).toBe(BigInt(Date.UTC(2024, 4, 6, 7, 8, 9)) * 1_000_000n + 123_456_700n);
    expect(column("dur")?.[0]).toBe(1_000_000_000n);
    expect(table.getChild("n")?.get(0)).toBeNull();
    expect(table.getChild("r")?.get(0)).toBeNaN();
    expect(table.getChild("d")?.get(0)).toBe('{"a":1}');
  });
});

describe("hunts and findings", () => {
  test("a hunt runs, tells its progress, and its finding can be decided; the log says who", async () => {
    const started = await post("/hunts", { rules: [ruleId] });
    expect(started.status).toBe(202);
    const { id } = await bodyOf<{ id: string }>(started);
    const events = await (await api(`/hunts/${id}/events`)).text();
    expect(events).toContain("event: progress");
    const end = JSON.parse(/event: end\ndata: (.*)\n/.exec(events)?.[1] ?? "{}");
    expect(end.outcomes[0]).toMatchObject({ outcome: "findings", findings: [{ entity: "lab-ws01" }] });
    const [finding = { id: "" }] = await bodyOf<{ id: string }[]>(await api("/findings"));
    expect(finding).toMatchObject({ entity: "lab-ws01", presence: "new", status: "new" });
    const set = await post(`/findings/${finding.id}`, { verdict: "true-positive", comment: "seen" });
    expect(await set.json()).toMatchObject({ verdict: "true-positive", status: "open" });
    expect((await post("/findings/nope", { status: "closed" })).status).toBe(404);
    const log = await readFile(join(server.folder, "audit.ndjson"), "utf8");
    expect(log).toContain('"what":"finding.set"');
    expect(await (await api("/audit")).json()).toMatchObject([
      { what: "hunt" },
      { what: "finding.set", on: [finding.id] },
    ]);
  });

  test("a preview of exclusions says what they would hide", async () => {
    const exclusions = `exclusions:
  - id: lab
    scenario: The lab
    rules: any
    table: DeviceProcessEvents
    meaning: drop
    when: DeviceName == "lab-ws01"
    owner: soc@example.test
    reason: It is the lab
    created: 2026-11-01
`;
    const answer = await post("/exclusions/preview", { exclusions });
    const { previews, problems } = await bodyOf<{ previews: unknown; problems: unknown }>(answer);
    expect(problems).toEqual([]);
    expect(previews).toMatchObject([
      { exclusion: "lab", hidden: { rows: 2, of: 3 }, effects: [{ rule: ruleId, findings: 1, hides: 1 }] },
    ]);
  });

  test("no answer names a path of this machine", async () => {
    for (const path of ["/rules", "/sources", "/exclusions", "/exclusions/review", "/tables", "/findings", "/schedule"])
      expect(await (await api(path)).text()).not.toContain(server.folder.slice(0, 12));
  });
});

describe("what the command line does, the API does", () => {
  test("rules are checked: a column that no table has is an error at its place", async () => {
    const text = "DeviceProcessEvents\n| where Nope == 1\n";
    const told = await bodyOf<{ problems: object[]; rules: object[] }>(await post("/checks", { text }));
    expect(told.rules).toMatchObject([{ name: "request", tables: ["DeviceProcessEvents"] }]);
    expect(told.problems).toContainEqual(expect.objectContaining({ severity: "error", start: { line: 2, column: 9 } }));
    expect((await post("/checks", { rules: ["nope"] })).status).toBe(400);
  }, 120_000);

  test("the tests beside a rule are run over their own events", async () => {
    const { results } = await bodyOf<{ results: unknown }>(await post("/tests", {}));
    expect(results).toMatchObject([
      { name: "it sees PowerShell", outcome: "passed", rule: { id: ruleId } },
      { name: "it sees everything", outcome: "failed" },
    ]);
  }, 120_000);

  test("a hunt becomes a page that runs nothing", async () => {
    const [hunt] = await bodyOf<{ id: string }[]>(await api("/reports"));
    const page = await api(`/reports/${hunt?.id}`);
    expect(page.headers.get("content-type")).toContain("text/html");
    expect(page.headers.get("content-security-policy")).toContain("sandbox");
    expect(await page.text()).toContain("PowerShell anywhere");
    expect((await api("/reports/nope")).status).toBe(404);
  });

  test("findings go to other tools", async () => {
    const as = async (format: string) => (await api(`/findings/export?format=${format}`)).json();
    expect(await as("navigator")).toMatchObject({ domain: "enterprise-attack" });
    expect(await as("stix")).toMatchObject({ type: "bundle" });
    expect((await api("/findings/export?format=nope")).status).toBe(400);
    expect(await (await api("/findings?entity=LAB-WS01")).json()).toMatchObject([{ entity: "lab-ws01" }]);
    expect(await (await api("/findings?entity=elsewhere")).json()).toEqual([]);
  });

  test("a schedule says when it is due, and is replayed over the past", async () => {
    expect(await (await api("/schedule")).json()).toMatchObject([{ id: ruleId, frequency: "1h", last: null, told: 0 }]);
    const asked = { rule: ruleId, from: "2026-03-04T08:00:00Z", to: "2026-03-04T11:00:00Z" };
    expect(await (await post("/backtests", asked)).json()).toMatchObject({
      days: [{ day: "2026-03-04", runs: 4, alerts: 2, fresh: 1 }],
      hiddenTruth: [],
    });
    expect((await post("/backtests", { ...asked, every: "1ms" })).status).toBe(422);
  });

  test("exclusions are reviewed, and exported with their proof", async () => {
    expect(await (await api("/exclusions/review")).json()).toMatchObject({ reviews: [{ exclusion: "admin-host" }] });
    const { text, proof } = await bodyOf<{ text: string; proof: string }>(
      await post("/exclusions/export", { rule: ruleId }),
    );
    expect(proof).toContain("cell by cell");
    expect((await post("/exclusions/export", { rule: ruleId, exclusions: ["nobody"] })).status).toBe(400);
    const rows = async (query: string) => (await bodyOf<{ rows: unknown }>(await post("/query", { query }))).rows;
    expect(await rows(text)).toEqual(await rows(text.slice(text.indexOf("DeviceProcessEvents\n| where FileName"))));
  });
});

test("an upload becomes rows that the next query sees", async () => {
  const body = '{"TimeGenerated":"2026-03-08T00:00:00Z","Note":"hello"}\n';
  const answer = await api("/ingest?name=notes.json&table=Notes_CL", { method: "POST", body });
  expect(await answer.json()).toMatchObject({
    known: false,
    receipt: { rows: 1, tables: [{ table: "Notes_CL", rows: 1 }] },
  });
  expect(await (await post("/query", { query: "Notes_CL | project Note" })).json()).toMatchObject({
    rows: [["hello"]],
  });
  expect(await (await api("/ingest?name=notes.json&table=Notes_CL", { method: "POST", body })).json()).toMatchObject({
    known: true,
  });
});

test("the store is described, verified and thinned out, and the log says who did it", async () => {
  const described = await bodyOf<{ tables: { table: string }[] }>(await api("/store"));
  expect(described.tables.map(({ table }) => table)).toEqual(["DeviceProcessEvents", "Notes_CL"]);
  expect(await (await post("/store/verify", {})).json()).toMatchObject({ segments: 2, damaged: [] });
  const asked = { before: "2026-03-09", table: "Notes_CL" };
  expect(await (await post("/store/retain", asked)).json()).toMatchObject({ applied: false, tables: [{ rows: 1 }] });
  expect(await (await post("/query", { query: "Notes_CL" })).json()).toMatchObject({ rows: [{ length: 2 }] });
  expect(await (await post("/store/retain", { ...asked, apply: true })).json()).toMatchObject({ applied: true });
  expect(await (await post("/query", { query: "DeviceProcessEvents | count" })).json()).toMatchObject({ rows: [[3]] });
  expect(await (await api("/tables")).json()).toMatchObject([{ name: "DeviceProcessEvents" }]);
  const log = await bodyOf<{ what: string }[]>(await api("/audit"));
  expect(log.at(-1)).toMatchObject({ what: "store.retain", on: ["Notes_CL"], change: { rows: 1 } });
  expect((await post("/store/compact", {})).status).toBe(200);
});

test("a file of the store that is missing is named, without its place", async () => {
  const body = '{"TimeGenerated":"2026-03-08T00:00:00Z","Note":"hello"}\nno JSON\n';
  await api("/ingest?name=odd.json&table=Odd_CL", { method: "POST", body });
  await rm(join(server.folder, "rejected"), { recursive: true });
  const verified = await (await post("/store/verify", {})).text();
  expect(JSON.parse(verified)).toMatchObject({ damaged: [], otherFiles: [{ file: expect.any(String) }] });
  expect(verified).not.toContain(server.folder);
});

test("health, readiness and numbers are there", async () => {
  expect(await (await fetch(`${server.url}/healthz`)).json()).toEqual({ status: "ok" });
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  const numbers = await (await fetch(`${server.url}/metrics`)).text();
  for (const name of [
    "goshawk_queries_total",
    "goshawk_query_seconds_bucket",
    "goshawk_rows_total",
    "goshawk_queries_waiting",
    "process_resident_memory_bytes",
  ])
    expect(numbers).toContain(name);
});
