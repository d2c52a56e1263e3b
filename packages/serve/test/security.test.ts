import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addToken, readTokens, removeToken, type Server, serve } from "../src/index.ts";
import { startServer } from "./support.ts";

/** A request with headers that `fetch` does not let through. */
function raw(
  url: string,
  headers: Record<string, string>,
  method = "GET",
  body = "",
): Promise<{ status: number; text: string; headers: NodeJS.Dict<string | string[]> }> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers }, (answer) => {
      let text = "";
      answer.on("data", (chunk) => {
        text += chunk;
      });
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, text, headers: answer.headers }));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

describe("on loopback without a token", () => {
  let server: Server;
  beforeAll(async () => {
    server = await startServer({ origins: ["https://ui.example.test"], database: "Hunt" });
  });
  afterAll(() => server.close());

  test("a name that was rebound to this address is not answered", async () => {
    const ask = (host: string) => raw(`${server.url}/v1/rest/ping`, { host });
    expect((await ask("evil.example.test")).status).toBe(421);
    expect((await ask("evil.example.test:8080")).status).toBe(421);
    expect((await ask("127.0.0.1.evil.example.test")).status).toBe(421);
    for (const host of ["localhost:1234", "127.0.0.1", "[::1]:80"]) expect((await ask(host)).status).toBe(200);
  });

  test("a web page may call only from an origin that was named", async () => {
    const ask = (origin: string, method = "GET") => raw(`${server.url}/v1/rest/ping`, { origin }, method);
    expect((await ask("https://evil.example.test")).status).toBe(403);
    expect((await ask("null")).status).toBe(403);
    const allowed = await ask("https://ui.example.test");
    expect([allowed.status, allowed.headers["access-control-allow-origin"]]).toEqual([200, "https://ui.example.test"]);
    expect((await ask("https://ui.example.test", "OPTIONS")).status).toBe(204);
    const asImage = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" };
    expect((await raw(`${server.url}/v2/rest/query?csl=print+1`, asImage)).status).toBe(403);
    expect((await raw(`${server.url}/v2/rest/query?csl=print+1`, { "sec-fetch-site": "none" })).status).toBe(200);
  });
});

describe("with tokens", () => {
  let server: Server & { readonly folder: string };
  let log = "";
  const tokens: Record<string, string> = {};
  beforeAll(async () => {
    server = await startServer(
      {
        requireToken: true,
        log: {
          write: (line) => {
            log += line;
          },
        },
      },
      async (folder) => {
        for (const role of ["read", "hunt", "ingest", "admin"] as const)
          tokens[role] = await addToken(folder, role, role, new Date());
      },
    );
  });
  afterAll(() => server.close());

  const ask = (path: string, token: string | undefined, init: RequestInit = {}) =>
    fetch(`${server.url}${path}`, {
      ...init,
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    });

  test("each role may do its own and no more", async () => {
    const query = { method: "POST", body: '{"query":"print 1"}' };
    const hunt = { method: "POST", body: '{"text":"print 1"}' };
    const bring = { method: "POST", body: '{"a":1}\n' };
    const table: Record<string, number[]> = {};
    for (const role of ["read", "hunt", "ingest", "admin"])
      table[role] = [
        (await ask("/api/v1/query", tokens[role], query)).status,
        (await ask("/api/v1/hunts", tokens[role], hunt)).status,
        (await ask("/api/v1/ingest?name=a.json&table=A_CL", tokens[role], bring)).status,
        (await ask("/api/v1/audit", tokens[role])).status,
      ];
    expect(table).toEqual({
      read: [200, 403, 403, 403],
      hunt: [200, 202, 403, 403],
      ingest: [403, 403, 200, 403],
      admin: [200, 202, 200, 200],
    });
  });

  test("no token, a wrong one and a removed one are refused everywhere but where Kusto's clients ask first", async () => {
    for (const path of [
      "/v1/rest/mgmt",
      "/v2/rest/query?csl=print+1",
      "/metrics",
      "/api/v1/tables",
      "/api/v1/openapi.json",
      "/v1/workspaces/w/query?query=print+1",
    ])
      for (const token of [undefined, "gsk_wrong", `${tokens.read}x`])
        expect([path, (await ask(path, token)).status]).toEqual([path, 401]);
    expect((await ask("/v1/rest/auth/metadata", undefined)).status).toBe(200);
    expect((await ask("/healthz", undefined)).status).toBe(200);
    await removeToken(server.folder, "read");
    expect((await ask("/api/v1/tables", tokens.read)).status).toBe(401);
  });

  test("the log names routes and how they went, and no query, row or token", async () => {
    await ask("/v2/rest/query?csl=DeviceProcessEvents%20%7C%20take%201", tokens.hunt);
    expect(log).toContain('"route":"/v2/rest/query"');
    expect(log).not.toMatch(/DeviceProcessEvents|lab-ws01|gsk_/);
    for (const line of log.trim().split("\n")) expect(() => JSON.parse(line)).not.toThrow();
  });

  test("the store keeps no token, only what it hashes to", async () => {
    const kept = JSON.stringify(await readTokens(server.folder));
    for (const token of Object.values(tokens)) expect(kept).not.toContain(token);
  });
});

test("another address than loopback is refused without TLS", async () => {
  const folder = await mkdtemp(join(tmpdir(), "goshawk-open-"));
  await expect(serve({ storeFolder: folder, host: "0.0.0.0", port: 0 })).rejects.toThrow(/TLS/);
  await rm(folder, { recursive: true, force: true });
});

describe("query text reaches no file, network, database or setting", () => {
  let server: Server & { readonly folder: string };
  let secret: string;
  beforeAll(async () => {
    server = await startServer({}, async (folder) => {
      secret = join(folder, "..", "secret.csv");
      await writeFile(secret, "word\nhunter2\n");
    });
  });
  afterAll(() => server.close());

  const attacks = (): readonly string[] => [
    `externaldata(word:string)["${secret}"]`,
    `externaldata(word:string)["file://${secret}"] with (format="csv")`,
    `externaldata(word:string)["https://127.0.0.1:1/x.csv"]`,
    `externaldata(word:string)[h@"https://localhost/..%2f..${secret}"]`,
    `DeviceProcessEvents | where FileName == "x'; attach '${secret}' as s; --"`,
    `print x = "'); copy (select 1) to '${secret}'; --"`,
    `let ['a"; select * from read_csv(''${secret}'') --'] = 1; print ['a"; select * from read_csv(''${secret}'') --']`,
    `DeviceProcessEvents | project ['x" from read_text(''${secret}'') --'] = FileName`,
    `DeviceProcessEvents | extend ["a\\"; drop view x; --"] = 1 | take 1`,
    `read_csv("${secret}")`,
    `read_text('${secret}') | take 1`,
    `['read_csv_auto(\\'${secret}\\')'] | take 1`,
    `table("read_text('${secret}')") | take 1`,
    `union withsource=t ['${secret}']`,
    `database("${secret}").x | take 1`,
    `cluster("https://127.0.0.1").database("x").T | take 1`,
    `evaluate http_request("http://127.0.0.1:1/")`,
    `evaluate python(typeof(*), "import os")`,
    `evaluate sql_request("Server=x", "select 1")`,
    "set external_access=true; print 1",
    `set memory_limit = "1KB"; print 1`,
    `print getvariable("secret"), current_setting("x")`,
    "duckdb_settings() | take 1",
    "['information_schema.tables'] | take 1",
    "['main.sqlite_master'] | take 1",
    `_GetWatchlist("../../secret") | take 1`,
    `print geo_info_from_ip_address("127.0.0.1")`,
    "search 'hunter2'",
    "print x = '\u0000\u202e'",
    "\ud800",
    ".show tables | where 1 == externaldata(x:long)['/etc/passwd']",
    ".drop database Hunt",
    ".create-or-alter function f() { 1 }",
    `.ingest into table T ('${secret}')`,
    `.show database ['x"; select 1 --'] schema as json`,
    ".set-or-append T <| print 1",
  ];

  // These cost the parser seconds, so that one endpoint has to do.
  const heavy = [`print ${"(".repeat(3000)}1${")".repeat(3000)}`, `print strcat(${'"a",'.repeat(1000)}"a")`];

  const endpoints: readonly (readonly [string, (text: string) => unknown])[] = [
    ["/v2/rest/query", (csl) => ({ db: "Hunt", csl })],
    ["/v1/rest/query", (csl) => ({ db: "../../x", csl })],
    ["/v1/rest/mgmt", (csl) => ({ db: "'; drop", csl })],
    ["/v1/workspaces/..%2f..%2fx/query", (query) => ({ query, timespan: "P1D" })],
    ["/v1.0/security/runHuntingQuery", (Query) => ({ Query })],
    ["/api/advancedhunting/run", (Query) => ({ Query })],
    ["/api/v1/query", (query) => ({ query })],
  ];

  test("every attack through every endpoint: no secret, no path, no stack, no SQL, and the server still answers", async () => {
    for (const [path, body] of endpoints) {
      for (const attack of path === "/v2/rest/query" ? [...attacks(), ...heavy] : attacks()) {
        const answer = await fetch(`${server.url}${path}`, { method: "POST", body: JSON.stringify(body(attack)) });
        const text = await answer.text();
        const seen = text.replaceAll(JSON.stringify(attack).slice(1, -1), "");
        const about = `${path} ${attack.slice(0, 80)}`;
        expect(answer.status, about).toBeLessThan(500);
        expect(seen, about).not.toMatch(/hunter2/);
        expect(seen, about).not.toMatch(
          /at \S+ \(|node_modules|Binder Error|Catalog Error|read_parquet|select .* from \(/i,
        );
        expect(seen, about).not.toContain(server.folder);
      }
      const alive = await fetch(`${server.url}/api/v1/query`, { method: "POST", body: '{"query":"print 1"}' });
      expect(((await alive.json()) as { rows: unknown }).rows).toEqual([[1]]);
    }
  });

  test("odd requests are refused as what they are", async () => {
    const send = (path: string, init: RequestInit) => fetch(`${server.url}${path}`, init);
    const deep = `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`;
    expect((await send("/v2/rest/query", { method: "POST", body: deep })).status).toBe(400);
    expect((await send("/api/v1/query", { method: "POST", body: "x".repeat(5_000_000) })).status).toBe(413);
    expect(
      (await send("/v2/rest/query", { method: "POST", body: '{"csl":"print 1","__proto__":{"db":1}}' })).status,
    ).toBe(200);
    expect((await send("/..%2f..%2fetc/passwd", {})).status).toBe(404);
    expect(
      (await send("/v1/rest/ingest/Hunt/..%2f..%2fx?streamFormat=csv", { method: "POST", body: "1" })).status,
    ).toBe(400);
    expect(
      (await send("/v1/rest/ingest/Hunt/T?streamFormat=json&sourceKind=uri", { method: "POST", body: "{}" })).status,
    ).toBe(400);
    expect((await send("/api/v1/ingest?name=..%2F..%2Fx.json&table=T%22", { method: "POST", body: "{}" })).status).toBe(
      400,
    );
    expect((await send("/api/v1/hunts", { method: "POST", body: JSON.stringify({ rules: ["../../x"] }) })).status).toBe(
      400,
    );
  });
});
