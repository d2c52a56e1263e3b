import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { sharedFolder } from "../../src/read/sharedFolder.ts";

const tool = fileURLToPath(new URL("../../../../tools/rulesCorpus/main.mjs", import.meta.url));
const rules = sharedFolder("rules");
if (rules === undefined) console.log("testkit: the sample of published rules skipped, the shared folder is absent");

interface Line {
  readonly repo: string;
  readonly path: string;
  readonly outcome: { readonly reached: string | null; readonly refused?: string };
}

/** Published rules at even distances, on generated rows. */
async function sample(count: number): Promise<readonly Line[]> {
  const folder = await mkdtemp(join(tmpdir(), "goshawk-corpus-"));
  try {
    const out = join(folder, "out.jsonl");
    const options = ["--rules", rules ?? "", "--sample", String(count), "--only-rows", "--rows", "12", "--out", out];
    await promisify(execFile)(process.execPath, [tool, ...options], { maxBuffer: 2 ** 26 });
    const text = await readFile(out, "utf8");
    return text
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as Line);
  } finally {
    await rm(folder, { recursive: true });
  }
}

test.skipIf(rules === undefined)(
  "published rules run, and none that compiles fails in the engine",
  async () => {
    const lines = await sample(150);
    expect(lines.length).toBe(150);
    const shown = ({ repo, path, outcome }: Line): string => `${repo}/${path}: ${outcome.refused}`;
    expect(lines.filter(({ outcome }) => outcome.reached === "compiles").map(shown)).toEqual([]);
    const accepted = lines.filter(({ outcome }) => outcome.reached === "binds" || outcome.reached === "runs");
    const refused = accepted.filter(({ outcome }) => outcome.reached === "binds");
    expect(refused.length / accepted.length, refused.map(shown).join("\n")).toBeLessThan(0.03);
  },
  300_000,
);
