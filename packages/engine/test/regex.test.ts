import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Backend, startWorkerBackend } from "../src/index.ts";

interface Answer {
  readonly pattern: string;
  /** What Rust's regex crate says of each text of `(pattern)`; null where the pattern is none. */
  readonly grouped: readonly { readonly first: string; readonly count: number; readonly without: string }[] | null;
}

const rust: { readonly texts: readonly string[]; readonly chosen: readonly Answer[] } = JSON.parse(
  readFileSync(new URL("../../kql/test/regex/rust.generated.json", import.meta.url), "utf8"),
);
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

/** Rust refuses these; RE2, Kusto's engine until 2024, takes them for the text that they are. */
const literals: ReadonlySet<string> = new Set(["{", "a{,2}"]);

function literally(text: string, wanted: string): NonNullable<Answer["grouped"]>[number] {
  const count = text.split(wanted).length - 1;
  return { first: count === 0 ? "" : wanted, count, without: text.replaceAll(wanted, "#") };
}

test("whichever engine takes a text, it matches as in Rust", async () => {
  const rows = rust.texts.map((text) => JSON.stringify(text)).join(",");
  for (const { pattern, grouped } of rust.chosen) {
    const regex = JSON.stringify(`(${pattern})`);
    const outcome = await backend.query({
      text: `datatable(s:string)[${rows}] | project extract(${regex}, 0, s), countof(s, ${regex}, "regex"), replace_regex(s, ${regex}, "#")`,
      now: 0n,
    });
    const found = outcome.ok
      ? outcome.table.rows.map(([first, count, without]) => ({ first, count: Number(count), without }))
      : null;
    const expected = literals.has(pattern) ? rust.texts.map((text) => literally(text, pattern)) : grouped;
    expect({ pattern, found }).toEqual({ pattern, found: expected });
  }
});
