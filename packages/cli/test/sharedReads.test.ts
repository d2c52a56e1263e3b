import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Session } from "@goshawk/engine/duckdb";
import { generateEstate } from "@goshawk/estate";
import { loadExclusions, loadRulePaths, runHunt } from "@goshawk/hunt";
import { openStore } from "@goshawk/store";
import { ingest } from "@goshawk/store/ingest";
import { openPlanner } from "@goshawk/store/planner";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as schemas from "../../store/src/schemas.ts";

let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "goshawk-shared-"));
  const estate = join(folder, "estate");
  await generateEstate({ folder: estate, rows: 20_000, devices: 50, days: 15, end: "2026-10-31T12:00:00Z", seed: 3 });
  await ingest([estate], { store: await openStore(join(folder, "store")) });
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

const content = (path: string): string => fileURLToPath(new URL(`../../../content/${path}`, import.meta.url));

test("rules of the content pack find the same whether they share what they read or not", async () => {
  const store = await openStore(join(folder, "store"));
  const { tables } = await store.snapshot();
  const stored = new Map(tables.map((table) => [table.name, table]));
  const files = await loadRulePaths([content("remote-management")], { from: folder });
  const rules = files.flatMap((file) => file.rules).filter((_, index) => index % 12 === 0);
  const { exclusions } = await loadExclusions([content("exclusions/remote-management.yaml")]);
  const found = async (sharedBytes: number): Promise<readonly unknown[]> => {
    const options = { schemas, tables, folders: [`${store.folder}/`], threads: 1, openPlanner, sharedBytes };
    const session = await Session.open(options);
    const backend = { query: session.run.bind(session), close: () => Promise.resolve(session.close()) };
    const outcomes = await runHunt(rules, backend, {
      now: "latest",
      stored,
      exclusions,
      today: "2026-11-24",
      eventTime: () => "Timestamp",
    });
    await backend.close();
    return outcomes.map((outcome) => {
      if (!("findings" in outcome)) return outcome;
      const { rule, kind, findings, tuning, table } = outcome;
      const rows = table.rows.map((row) => JSON.stringify(row)).sort();
      return { rule: rule.name, kind, found: findings.map(({ id }) => id).sort(), hidden: tuning?.suppressed, rows };
    });
  };
  const apart = await found(0);
  expect(apart).toContainEqual(expect.objectContaining({ kind: "findings" }));
  expect(await found(2 ** 28)).toEqual(apart);
}, 120_000);
