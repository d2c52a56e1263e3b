import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { loadFunctions } from "@goshawk/hunt";
import { isFunction } from "./isFunction.mjs";

/** The functions that the records themselves define, read from files as a user would have them; newest copies first. */
export async function functionsOf(records) {
  const folder = await mkdtemp(join(tmpdir(), "goshawk-functions-"));
  try {
    let count = 0;
    for (const record of records.filter(isFunction)) {
      const place = join(folder, String(count++).padStart(4, "0"));
      await mkdir(place);
      await writeFile(join(place, basename(record.path)), record.yaml ?? record.query);
    }
    return await loadFunctions([folder]);
  } finally {
    await rm(folder, { recursive: true });
  }
}
