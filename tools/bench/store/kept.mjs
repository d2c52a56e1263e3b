import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { daySql } from "./data.mjs";

const layout = [
  "store/segmentOrder.js",
  "store/segmentFile.js",
  "index/blocks.js",
  "index/indexable.js",
  "index/termFilter.js",
];

/** What `make` said when it filled a folder, now or in an earlier run with the same rows and the same layout of segments. */
export async function keptOrMade(folder, table, rows, make) {
  const recipe = createHash("sha256").update(daySql(table, rows, 0));
  for (const file of layout)
    recipe.update(await readFile(new URL(`../../../packages/store/dist/${file}`, import.meta.url)));
  const digest = recipe.digest("hex");
  const note = join(folder, "made.json");
  const known = await readFile(note, "utf8").then(JSON.parse, () => undefined);
  if (known?.digest === digest) return known.made;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const made = await make();
  await writeFile(note, JSON.stringify({ digest, made }));
  return made;
}
