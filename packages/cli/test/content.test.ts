import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { goshawk } from "./program.ts";

const folder = fileURLToPath(new URL("../../../content/remote-management", import.meta.url));

test("each shipped rule has cases, and those of some pass: a name that is not ASCII, a weak one, and the exclusions", async () => {
  const names = await readdir(folder);
  const tools = new Set(names.map((name) => name.replace(/(-(signer|process|network)|\.test)\.yaml$/, "")));
  for (const tool of tools) expect(names).toContain(`${tool}.test.yaml`);
  const files = ["alpemix", "zohoassist", "exclusions"].map((tool) => join(folder, `${tool}.test.yaml`));
  const ran = await goshawk(["test", ...files]);
  expect(`${ran.out}${ran.err}`).toMatch(/ 0 failed/);
  expect(ran.code).toBe(0);
});
