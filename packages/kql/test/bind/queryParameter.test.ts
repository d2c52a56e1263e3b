import { expect, test } from "vitest";
import { type CompileOptions, compile } from "../../src/compile.ts";

const options = (parameters: ReadonlyMap<string, string>): CompileOptions => ({
  now: 0n,
  table: () => undefined,
  tableNames: () => [],
  layout: () => ({ relation: undefined, columns: new Map() }),
  parameters,
});

function outcome(declared: string, given: string): string {
  const text = `declare query_parameters(p: ${declared}); print p`;
  const compiled = compile(text, options(new Map([["p", given]])));
  if (!compiled.ok) return compiled.diagnostics[0]?.code ?? "";
  return JSON.stringify([...compiled.query.parameters, compiled.query.sql.replace(/\s+/g, " ")]);
}

// Kusto documentation, declare query_parameters: a parameter that the request leaves out has its default.
test("an empty value for a parameter that is no text is none: its default counts", () => {
  expect(outcome("long = 42", "")).toBe(outcome("long = 1", "42"));
  expect(outcome("long", " ")).toBe("unsupported-syntax");
  expect(outcome("string = 'a'", "")).toBe(outcome("string", ""));
});

test("a value is a literal of the parameter's type, by any of the type's names", () => {
  expect(outcome("long", "datetime(5)")).toBe("unsupported-syntax");
  expect(outcome("long", "long(5)")).toBe(outcome("long", "5"));
  expect(outcome("real", "double(1.5)")).toBe(outcome("real", "1.5"));
  expect(outcome("timespan", "time(5m)")).toBe(outcome("timespan", "5m"));
});
