import { expect, test } from "vitest";
import { type CompileOptions, compile } from "../../src/compile.ts";
import { withStraightQuotes } from "../../src/syntax/straightQuotes.ts";

const columns = [
  { name: "Timestamp", type: "datetime" },
  { name: "ActionType", type: "string" },
] as const;

const options: CompileOptions = {
  now: 0n,
  table: (name) => (name === "T" ? { name, columns } : undefined),
  tableNames: () => ["T"],
  layout: () => ({ relation: undefined, columns: new Map() }),
};

// A published rule: "where ActionType == “NamedPipeEvent” or ActionType == “AntivirusDetection”".
test("a rule with the quotation marks of a word processor runs, and says how it was read", () => {
  const text = "T | where ActionType == “NamedPipeEvent” or ActionType == ‘AntivirusDetection’";
  expect(withStraightQuotes(text)).toBe(
    `T | where ActionType == "NamedPipeEvent" or ActionType == 'AntivirusDetection'`,
  );
  const result = compile(text, options);
  expect(result.ok && result.query.warnings).toEqual(["Curved quotation marks were read as straight ones."]);
});

test.each([
  `T | where ActionType == "say “hello”"`,
  "T | where ActionType == 'x' // “known good but noisy”",
  "T | where ActionType == “it ”s”",
  'T | where ActionType == “a "b” and',
  "T | where ActionType == “open",
])("%s stays as it is", (text) => {
  expect(withStraightQuotes(text)).toBeUndefined();
});

test("an unknown column is answered with the columns of the type that is compared with", () => {
  const result = compile("T | where When > ago(1d)", options);
  const [found] = result.ok ? [] : result.diagnostics;
  expect(found?.message).toBe(
    "The name 'When' does not refer to any known column of T. Of type datetime: 'Timestamp'.",
  );
});
