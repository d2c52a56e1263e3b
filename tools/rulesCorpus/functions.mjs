import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { loadFunctions } from "@goshawk/hunt";

/** Whether a record is meant to be saved as a function. */
function isFunction({ format, meta }) {
  return format === "sentinel-parser-yaml" || meta.role === "function";
}

/**
 * The functions that the records define, read from files as a user would have them. `callOf` gives a query that calls
 * the function of a record, and undefined for a record that is no function, or a broken one.
 */
export async function functionsOf(records) {
  const folder = await mkdtemp(join(tmpdir(), "goshawk-functions-"));
  const calls = new Map();
  const functions = new Map();
  try {
    for (const [index, record] of records.filter(isFunction).entries()) {
      const place = join(folder, String(index));
      await mkdir(place);
      await writeFile(join(place, basename(record.path)), record.yaml ?? record.query);
      const found = (await loadFunctions([place])).functions;
      for (const item of found) if (!functions.has(item.name)) functions.set(item.name, item);
      const [first] = found;
      if (first === undefined) continue;
      // Copies of one function differ: each is called under a name of its own.
      const own = { ...first, name: `Record_${record.id}` };
      functions.set(own.name, own);
      calls.set(record.id, callOf(own));
    }
    return { functions: [...functions.values()], callOf: (record) => calls.get(record.id) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A call with a null for each parameter that has no default. */
function callOf({ name, parameters }) {
  const list = parameters.trim().slice(1, -1);
  const required = splitTop(list).filter((item) => item !== "" && !item.includes("="));
  const tabular = required.some((item) => /^\w+\s*:\s*\(/.test(item));
  const scalars = required.filter((item) => !/:\s*\(/.test(item)).map((item) => nullOf(item.split(":")[1].trim()));
  const call = `${name}(${scalars.join(", ")})`;
  return tabular ? `print TimeGenerated = now() | invoke ${call}` : call;
}

function nullOf(type) {
  return type === "string" ? "''" : `${type}(null)`;
}

function splitTop(text) {
  const parts = [""];
  let depth = 0;
  for (const char of text) {
    if ("([{".includes(char)) depth++;
    if (")]}".includes(char)) depth--;
    if (char === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += char;
  }
  return parts.map((part) => part.trim());
}
