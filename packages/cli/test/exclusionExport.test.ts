import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore } from "@goshawk/store";
import { ingest } from "@goshawk/store/ingest";
import { afterAll, beforeAll, expect, test } from "vitest";
import { exclusionExportCommand } from "../src/commands/exclusionExport.ts";
import { memoryTerminal } from "./memoryTerminal.ts";

let folder = "";
let store = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "goshawk-export-"));
  store = join(folder, "store");
  const events = join(folder, "events.jsonl");
  const row = { Timestamp: "2026-03-01T10:00:00Z", DeviceId: "d1", DeviceName: "pc1", ActionType: "x", ReportId: 1 };
  await writeFile(events, `${JSON.stringify(row)}\n${JSON.stringify({ ...row, DeviceId: "d2", ReportId: 2 })}\n`);
  await ingest([events], { store: await openStore(store), table: "DeviceEvents" });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function exported(rule: string, more: string): Promise<readonly [code: number, out: string, notes: string]> {
  const [rulePath, path] = [join(folder, "rule.kql"), join(folder, "exclusions.yaml")];
  await writeFile(rulePath, rule);
  await writeFile(
    path,
    `exclusions:\n  - { id: e, scenario: s, rules: any, table: DeviceEvents, owner: o, reason: r, created: 2026-03-01, expires: 2099-01-01, ${more} }\n`,
  );
  const { terminal, out, notes } = memoryTerminal();
  const code = await exclusionExportCommand(
    path,
    rulePath,
    { store, now: "2026-03-02T00:00:00Z", form: "let" },
    terminal,
  );
  return [code, out.join(""), notes.join("\n")];
}

const drop = `meaning: drop, when: DeviceId == 'd1'`;

test("a rule is exported with what the hunt does with it", async () => {
  const [code, out, notes] = await exported("DeviceEvents | project DeviceId", drop);
  expect(notes).toContain("hides 1 and leaves 1 row");
  expect([code, out.includes("DeviceEvents | project DeviceId")]).toEqual([0, true]);
});

test("what the hunt refuses is not exported: to keep by evidence of which there is none would hide everything", async () => {
  const evidence = "evidence: { table: DeviceFileEvents, on: [DeviceId], lookback: 5d }";
  const [code, out, notes] = await exported(
    "DeviceEvents | project DeviceId",
    `meaning: keep, when: FileName == 'x', ${evidence}`,
  );
  expect([code, out]).toEqual([2, ""]);
  expect(notes).toMatch(/not exported: e: DeviceFileEvents holds no rows/);
});

test("an exclusion that can't reach its table is not exported as a 'let' that does nothing", async () => {
  const [code, out, notes] = await exported("union Device* | project DeviceId", drop);
  expect([code, out]).toEqual([2, ""]);
  expect(notes).toMatch(/not exported: e can't reach DeviceEvents/);
});
