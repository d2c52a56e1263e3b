import { expect, test } from "vitest";
import { type CompileOptions, compile } from "../../src/compile.ts";
import { explain } from "../../src/ir/explain.ts";
import { neededRows } from "../../src/ir/neededRows.ts";

const T = {
  name: "T",
  columns: [
    { name: "Device", type: "string" },
    { name: "Version", type: "string" },
    { name: "Size", type: "long" },
  ],
} as const;

const options: CompileOptions = {
  now: 0n,
  table: (name) => (name === "T" ? T : undefined),
  tableNames: () => ["T"],
  layout: () => ({ relation: "T", columns: new Map() }),
};

/** How many conditions each alternative has, for the only read of a query. */
function conditions(text: string): readonly number[] {
  const compiled = compile(text, options);
  if (!compiled.ok) throw new Error(compiled.diagnostics[0]?.message);
  const [found] = neededRows(compiled.query.rel);
  if (found === undefined) throw new Error(explain(compiled.query.rel));
  return found.anyOf.map((all) => all.length);
}

test("a condition that answers otherwise on each call is not asked of an index", () => {
  expect(conditions("T | where rand() < 0.0001 * strlen(Version)")).toEqual([0]);
  expect(conditions("T | where Device == 'a' and rand() < 0.0001 * strlen(Version)")).toEqual([1]);
});

test("a condition on decimals, whose digits the whole query decides, is not asked of an index", () => {
  const versions = "parse_version(Version) > parse_version('6.0.0.0')";
  expect(conditions(`T | where ${versions}`)).toEqual([0]);
  expect(conditions(`T | extend new = ${versions} | where new and Device == 'a'`)).toEqual([1]);
});
