import { createReadStream, existsSync } from "node:fs";
import { createInterface } from "node:readline";

/** What names a record's examination on one kind of tables. Records may share an id, not a place. */
export function keyOf(what, { id, repo, path, name }) {
  return JSON.stringify([what, id, repo, path, name ?? null]);
}

/** The examinations that a file of an earlier run holds; a last line that was cut is passed over. */
export async function foundBefore(file) {
  const found = new Map();
  if (!existsSync(file)) return found;
  for await (const line of createInterface({ input: createReadStream(file) })) {
    try {
      const { what, id, repo, path, name, ...examined } = JSON.parse(line);
      found.set(keyOf(what, { id, repo, path, name }), examined);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  return found;
}
