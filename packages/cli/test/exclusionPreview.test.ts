import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { appendEntries, foldJournal, readJournal } from "@goshawk/hunt";
import { openStore } from "@goshawk/store";
import { ingest } from "@goshawk/store/ingest";
import { afterAll, beforeAll, expect, test } from "vitest";
import { exclusionPreviewCommand } from "../src/commands/exclusionPreview.ts";
import { huntCommand } from "../src/commands/hunt.ts";
import { memoryTerminal } from "./memoryTerminal.ts";

let folder = "";
let store = "";
let rule = "";
let exclusions = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "goshawk-preview-"));
  [store, rule, exclusions] = [join(folder, "store"), join(folder, "rule.kql"), join(folder, "exclusions.yaml")];
  const events = join(folder, "events.jsonl");
  // Two rows of d1 are one finding.
  const rows = ["d1", "d1", "d2", "d3", "d4", "d5", "d6"].map((device, index) => ({
    Timestamp: `2026-03-0${index + 1}T00:00:00Z`,
    DeviceId: device,
    DeviceName: device,
    FileName: "agent.exe",
    AccountName: index < 3 ? "kim" : "lee",
  }));
  await writeFile(events, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  await ingest([events], { store: await openStore(store), table: "DeviceProcessEvents" });
  await writeFile(rule, "DeviceProcessEvents | where FileName == 'agent.exe' | project Timestamp, DeviceName");
  const one = (id: string, when: string, survivor: string): string => `
  - { id: ${id}, scenario: s, rules: any, table: DeviceProcessEvents, meaning: drop, when: "${when}", owner: o,
      reason: r, created: 2026-03-01, expires: 2036-03-01,
      samples: { hidden: [{ event: { DeviceName: d1 } }], survive: [{ event: { DeviceName: ${survivor} } }] } }`;
  const [a, b] = [one("a", "DeviceName in ('d1', 'd2')", "d9"), one("b", "DeviceName in ('d1', 'd3')", "d3")];
  await writeFile(exclusions, `exclusions:${a}${b}\n`);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function preview(): Promise<{ readonly code: number; readonly rows: readonly object[]; readonly notes: string }> {
  const { terminal, out, notes } = memoryTerminal();
  const options = { store, now: "latest", format: "json", most: "50" };
  const code = await exclusionPreviewCommand(exclusions, [rule], options, terminal);
  return { code, rows: JSON.parse(out.join("")) as readonly object[], notes: notes.join("\n") };
}

test("a preview counts findings, devices, accounts and samples, and what no other exclusion hides", async () => {
  const { code, rows, notes } = await preview();
  expect(rows).toMatchObject([
    { Exclusion: "a", Findings: 6, Hides: 2, HidesAlone: 1, HidesRows: 3, Devices: 2, Accounts: 1, Samples: "2 of 2" },
    { Exclusion: "b", Findings: 6, Hides: 2, HidesAlone: 1, HidesRows: 3, Devices: 2, Accounts: 2, Samples: "1 of 2" },
  ]);
  expect(notes).toMatch(/b \(drop\): sample 1 of 'survive': it is hidden, and must survive/);
  expect(code).toBe(2);
});

test("a true positive that would be hidden is an error; rows about the same device are one finding", async () => {
  const { terminal, notes } = memoryTerminal();
  await huntCommand([rule], { store, now: "latest" }, terminal);
  expect(notes.join("\n")).toMatch(/6 findings in 7 rows/);
  const { entries } = await readJournal(store);
  const id = foldJournal(entries).find(({ entity }) => entity === "d2")?.id ?? expect.fail();
  const decision = { kind: "decision", at: "2026-03-10T00:00:00Z", by: "me", verdict: "true-positive" } as const;
  await appendEntries(store, [{ ...decision, ids: [id] }]);
  const { code, notes: said } = await preview();
  expect(said).toContain(`a (drop): it would hide the true positive ${id} (d2)`);
  expect(said).not.toContain("b (drop): it would hide the true positive");
  expect(code).toBe(2);
});
