import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { goshawk } from "../program.ts";

let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "goshawk-check-"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const rule = `id: 1525a733-192f-41f2-96ba-d3f631ca00d0
name: A rule
relevantTechniques: [T1086]
query: |
  DeviceProcessEvents
  | where Timestamp > ago(1d) and FileName contains ".ps1."
  | where AccountNam == "x"
`;

test("check names places, fixes what is safe, and fails CI while an error is left", async () => {
  await writeFile(join(folder, "rule.yaml"), rule);
  const first = await goshawk(["check", "rule.yaml"], { cwd: folder });
  expect(first.out).toContain("7:11  error KS142");
  expect(first.out).toContain("3:22  warning revoked-technique");
  expect(first.code).toBe(2);
  const second = await goshawk(["check", ".", "--fix", "--disable", "KS142", "--format", "json"], { cwd: folder });
  expect(await readFile(join(folder, "rule.yaml"), "utf8")).toBe(
    rule.replace("T1086", "T1059.001").replace('contains ".ps1."', 'has ".ps1."'),
  );
  const { problems } = JSON.parse(second.out) as { readonly problems: readonly Readonly<Record<string, unknown>>[] };
  expect(problems).toMatchObject([{ code: "KS142", silenced: "--disable" }]);
  expect(second.code).toBe(0);
});
