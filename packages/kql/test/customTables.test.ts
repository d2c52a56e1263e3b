import { expect, test } from "vitest";
import { type CompileOptions, compile } from "../src/compile.ts";

const functions = [{ name: "Parser", parameters: "()", body: "{ Events_CL | project TimeGenerated }" }];
const options: CompileOptions = {
  now: 0n,
  table: () => undefined,
  tableNames: () => [],
  layout: () => ({ relation: undefined, columns: new Map() }),
  functions,
};

function outcome(text: string): readonly string[] {
  const compiled = compile(text, options);
  return compiled.ok ? compiled.query.tables : compiled.diagnostics.map(({ code }) => code);
}

// SEMANTICS.md R9
test("a custom table that a function reads is no name of the query itself", () => {
  expect(outcome("Parser")).toEqual(["Events_CL"]);
  expect(outcome("Parser | where 'Events_CL' != ''")).toEqual(["Events_CL"]);
  expect(outcome("Events_CL | count")).not.toEqual(["Events_CL"]);
  expect(outcome("union Parser, Events_CL")).toEqual(["unknown-table"]);
  expect(outcome("Parser | where TimeGenerated in ((Events_CL | project TimeGenerated))")).toEqual(["unknown-table"]);
  expect(outcome("let T = Events_CL; union Parser, T")).toEqual(["unknown-table"]);
});
