import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type SelfSigned, type Server, selfSigned } from "../../src/index.ts";
import { startServer } from "../support.ts";

let server: Server;
let certificate: SelfSigned;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "goshawk-tls-"));
  certificate = await selfSigned(folder, []);
  server = await startServer({ tls: certificate });
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

test("both clients of Azure Monitor, unmodified, over TLS", async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [fileURLToPath(new URL("./monitor.mjs", import.meta.url)), server.url],
    { env: { ...process.env, NODE_EXTRA_CA_CERTS: certificate.certFile } },
  );
  expect(JSON.parse(stdout)).toEqual({
    rows: [
      ["2026-03-04T09:05:07.123Z", "powershell.exe", { a: 1 }, "00:00:01"],
      ["2026-03-04T10:00:00.000Z", "cmd.exe", { a: 1 }, "00:00:01"],
    ],
    types: ["datetime", "string", "dynamic", "timespan"],
    statistics: "number",
    visualization: "timechart",
    bare: [[1]],
    old: [[1]],
    resource: [[2]],
    batch: ["Success", "PartialFailure"],
    failed: { code: "BadArgumentError", status: 400 },
    partial: ["PartialFailure", 500000],
  });
});
