import { RRegex } from "rregex";
import { afterAll, beforeAll, expect, test } from "vitest";
import { patterns, texts } from "../../kql/test/regex/patterns.ts";
import { type Backend, startWorkerBackend } from "../src/index.ts";

let backend: Backend;

beforeAll(() => {
  backend = startWorkerBackend({
    tables: [],
    schemas: new URL("./noSchemas.mjs", import.meta.url).href,
    memoryLimit: "1GB",
    threads: 2,
  });
});

afterAll(() => backend.close());

/** What Rust's regex crate, whose syntax is Kusto's, says of each text; undefined where it reads no pattern. */
function answersOfRust(pattern: string): readonly object[] | undefined {
  let regex: RRegex;
  try {
    regex = new RRegex(`(${pattern})`);
  } catch {
    return undefined;
  }
  try {
    return texts.map((text) => {
      const found = regex.findAll(text).map((match) => match.value);
      return { text, first: found[0] ?? "", count: found.length, without: regex.replaceAll(text, "#") };
    });
  } finally {
    regex.free();
  }
}

test("whichever engine takes a text, it matches as in Rust", async () => {
  const rows = texts.map((text) => JSON.stringify(text)).join(",");
  for (const pattern of patterns) {
    const wanted = answersOfRust(pattern);
    const regex = JSON.stringify(`(${pattern})`);
    const outcome = await backend.query({
      text: `datatable(s:string)[${rows}] | project s, extract(${regex}, 0, s), countof(s, ${regex}, "regex"), replace_regex(s, ${regex}, "#")`,
      now: 0n,
    });
    const found = outcome.ok
      ? outcome.table.rows.map(([text, first, count, without]) => ({ text, first, count: Number(count), without }))
      : undefined;
    expect({ pattern, found }).toEqual({ pattern, found: wanted });
  }
});
