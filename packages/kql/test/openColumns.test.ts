import { describe, expect, test } from "vitest";
import { type CompileOptions, type CompileResult, compile } from "../src/compile.ts";
import type { ColumnSchema } from "../src/values/schema.ts";

const known: readonly ColumnSchema[] = [{ name: "TimeGenerated", type: "datetime" }];

function options(stored: boolean): CompileOptions {
  const schemas = new Map([
    ["Open_CL", { name: "Open_CL", open: true, columns: known }],
    ["Closed", { name: "Closed", columns: known }],
  ]);
  const columns = new Map([["TimeGenerated", { physical: "t", nullable: true }]]);
  return {
    now: 0n,
    table: (name) => schemas.get(name),
    tableNames: () => [...schemas.keys()],
    layout: (name) => (stored ? { relation: name, columns } : { relation: undefined, columns: new Map() }),
  };
}

const asked = (text: string, stored = false): CompileResult => compile(text, options(stored));

const codes = (result: CompileResult): readonly string[] =>
  result.ok ? [] : result.diagnostics.map((item) => item.code);

describe("a table whose columns depend on what was sent", () => {
  test("has each column that a rule reads, of the type that its name ends in, and the answer says that it is null", () => {
    const result = asked(
      "Open_CL | where a_s has 'x' and b_d > 1.5 and c_t > now() and d_b | project a_s, b_d, c_t, d_b, e",
    );
    expect(result.ok && result.query.columns.map(({ name, type }) => `${name}:${type}`)).toEqual([
      "a_s:string",
      "b_d:real",
      "c_t:datetime",
      "d_b:bool",
      "e:dynamic",
    ]);
    expect(result.ok && result.query.warnings).toContain(
      "No row of Open_CL has the column 'a_s'; it is null everywhere.",
    );
  });

  test("lacks a name that no custom field could have where rows are stored, for that is a slip of the pen", () => {
    expect(codes(asked("Open_CL | where Tmie > now()", true))).toEqual(["unknown-column"]);
    expect(codes(asked("Open_CL | where Level_s == 'x'", true))).toEqual([]);
  });

  test("gives nothing to other tables, nor to what comes after a projection", () => {
    expect(codes(asked("Closed | where a_s == 'x' | union Open_CL"))).toEqual(["KS142"]);
    expect(codes(asked("Open_CL | project TimeGenerated | where a_s == 'x'"))).not.toEqual([]);
  });

  test("has them in the body of a stored function as well", () => {
    const stored = { name: "Parsed", parameters: "()", body: "{ Open_CL | project Name = a_s }" };
    const result = compile("Parsed | where Name == 'x'", { ...options(false), functions: [stored] });
    expect(result.ok && result.query.columns).toEqual([{ name: "Name", type: "string" }]);
  });
});

test("what is wrong in a stored function is said with the function's name, at the call", () => {
  const stored = { name: "Parsed", parameters: "()", body: "{ Nowhere | project a }" };
  const result = compile("Parsed | take 1", { ...options(false), functions: [stored] });
  const [found] = result.ok ? [] : result.diagnostics;
  expect(found?.message).toMatch(/^In the function 'Parsed': The name 'Nowhere'/);
  expect(found?.span).toEqual({ start: 0, end: 6 });
});

describe("a custom table that nothing knows", () => {
  const reading = { name: "Vendor", parameters: "()", body: "{ Vendor_CL | where Level_s == 'x' | project Level_s }" };
  const withFunction: CompileOptions = { ...options(false), functions: [reading] };

  test("is read by a function as one without rows, and is named as a table that was looked into and as unknown", () => {
    const result = compile("Vendor | take 1", withFunction);
    expect(result.ok && result.query.tables).toEqual(["Vendor_CL"]);
    expect(result.ok && result.query.warnings.join(" ")).toContain("Nothing is known of the table 'Vendor_CL'");
  });

  test("has the custom fields that the function names, however many, of the types that their names end in", () => {
    const names = Array.from({ length: 100 }, (_, index) => `Field${index}_d`);
    const wide = { ...reading, body: `{ Vendor_CL | extend total = ${names.join(" + ")} | project total }` };
    const result = compile("Vendor", { ...options(false), functions: [wide] });
    expect(result.ok && result.query.columns).toEqual([{ name: "total", type: "real" }]);
  });

  test("is a name misspelt where the query itself reads it", () => {
    expect(codes(compile("Vendor_CL | take 1", options(false)))).toEqual(["KS204"]);
  });

  test("is left out of a fuzzy union, as any unknown table", () => {
    const fuzzy = { ...reading, body: "{ union isfuzzy=true Closed, (Vendor_CL | project a = TimeGenerated - 1) }" };
    const result = compile("Vendor | project TimeGenerated", { ...options(false), functions: [fuzzy] });
    expect(result.ok && result.query.warnings.join(" ")).toContain("left out of the union");
  });
});
