import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Backend, startWorkerBackend } from "@goshawk/engine";
import { parseDatetime } from "@goshawk/kql";
import { catalogueTable, openStore, schemasModule } from "@goshawk/store";
import { ingest } from "@goshawk/store/ingest";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { breadthOf, bypassWitness, type Exclusion, loadRules, runHunt, type Witness } from "../../src/index.ts";

const NOW = parseDatetime("2026-03-10T00:00:00Z") ?? 0n;
const options = {
  now: NOW,
  eventTime: () => "Timestamp",
  columns: (table: string) => catalogueTable(table)?.columns ?? [],
};

let folder = "";
let backend: Backend;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "goshawk-witness-"));
  const store = await openStore(join(folder, "store"));
  const path = join(folder, "certificates.jsonl");
  const rows = ["Contoso", "Action1 Corporation", "Fabrikam", "Action1 Corporation"].map((Signer, index) => ({
    Timestamp: `2026-03-09T0${index}:00:00Z`,
    DeviceId: "d1",
    DeviceName: "d1.example.test",
    SHA1: `hash${index}`,
    Signer,
    Issuer: "an issuer",
    IsTrusted: true,
  }));
  await writeFile(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  await ingest([path], { store, table: "DeviceFileCertificateInfo" });
  const { tables } = await store.snapshot();
  backend = startWorkerBackend({ tables, schemas: schemasModule, folders: [store.folder], threads: 1 });
});
afterAll(async () => {
  await backend.close();
  await rm(folder, { recursive: true, force: true });
});

const [rule] = loadRules(
  "DeviceFileCertificateInfo | where Timestamp > ago(5d) | where Signer has 'Action1' | summarize Count=count() by DeviceName",
  "rule.kql",
).rules;
if (rule === undefined) throw new Error("no rule");

const evidence = { table: "DeviceFileEvents", on: ["DeviceId", "SHA1"], lookback: "5d" };

function exclusion(when: string, more: Partial<Exclusion> = {}): Exclusion & { readonly meaning: "drop" | "keep" } {
  return {
    id: "one",
    scenario: "a scenario",
    rules: "any",
    table: "DeviceFileCertificateInfo",
    when,
    owner: "owner",
    reason: "reason",
    created: "2026-03-01",
    expires: "2026-06-01",
    samples: { hidden: [], survive: [] },
    path: "some.yaml",
    position: { line: 1, column: 1 },
    ...more,
    meaning: more.meaning ?? "drop",
  };
}

async function witness(...of: Parameters<typeof exclusion>): Promise<Witness | undefined> {
  const [outcome] = await runHunt([rule ?? expect.fail()], backend, { ...options, stored: new Map(), today: "" });
  if (outcome === undefined || !("findings" in outcome)) throw new Error("no answer");
  const [finding] = outcome.findings;
  return bypassWitness(exclusion(...of), rule ?? expect.fail(), finding ?? expect.fail(), backend, options);
}

describe("the way around an exclusion", () => {
  test("is shown by an event with what the rule needs, the keys, and a folder that anybody may call so", async () => {
    const found = await witness("FolderPath contains 'WindowsUpdate' or InitiatingProcessFileName =~ 'wusa.exe'", {
      evidence,
    });
    expect(Object.keys(found?.event ?? {}).sort()).toEqual(["DeviceId", "SHA1", "Signer", "Timestamp"]);
    expect(found?.event.Signer).toBe("Action1 Corporation");
    expect(found?.evidence[0]?.FolderPath).toBe("C:\\Users\\Public\\WindowsUpdate\\a.exe");
  });

  test("through what must be kept is to look otherwise, or to leave no evidence", async () => {
    expect((await witness("FileName !~ 'agent.exe'", { evidence, meaning: "keep" }))?.evidence).toEqual([]);
  });

  test("is not claimed where the attacker does not choose what is compared", async () => {
    expect(await witness("Issuer == 'an issuer'")).toBeUndefined();
    expect(await witness("SHA256 == 'abc' and FolderPath contains 'x'", { evidence })).toBeUndefined();
  });
});

describe("an exclusion that is too broad", () => {
  test.each([
    ["a tautology", "FolderPath contains 'a' or not(FolderPath contains 'a')", { blank: true, stranger: true }],
    ["all but one name", "FileName !~ 'agent.exe'", { blank: true, stranger: true }],
    ["what is not known", "isempty(FolderPath)", { blank: true, stranger: false }],
    ["one name", "FileName =~ 'agent.exe'", { blank: false, stranger: false }],
  ])("is told by events that have nothing to do with it: %s", async (_, when, breadth) => {
    expect(await breadthOf(exclusion(when, { evidence }), backend, options)).toEqual({ ...breadth, faults: [] });
  });

  test("is not claimed to be narrow where the events can't be put to it", async () => {
    const { faults } = await breadthOf(exclusion("NoSuchColumn == 'x'", { evidence }), backend, options);
    expect(faults).toEqual([expect.stringContaining("NoSuchColumn")]);
  });
});
