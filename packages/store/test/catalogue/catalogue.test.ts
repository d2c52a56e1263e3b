import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sharedFolder } from "@goshawk/testkit";
import { describe, expect, test } from "vitest";
import { catalogueTable, catalogueTableNames, renamedTables } from "../../src/catalogue/catalogue.ts";

type Columns = Readonly<Record<string, string>>;
interface Reference {
  readonly renamed: Readonly<Record<string, string>>;
  readonly tables: readonly {
    readonly name: string;
    readonly open?: boolean;
    readonly sentinel?: Columns;
    readonly xdr?: Columns;
  }[];
}

const schemas = sharedFolder("schemas");
if (schemas === undefined)
  console.log("store: the catalogue against the reference schemas skipped, the shared folder is absent");

describe.skipIf(schemas === undefined)("the catalogue holds every table of the reference schemas", () => {
  const reference = (): Reference => JSON.parse(readFileSync(join(schemas ?? "", "tables.json"), "utf8"));

  // Microsoft's published parsers and rules read these columns, which its reference leaves out.
  const leftOut = ["DnsEvents.ReportReferenceLink", "SecurityEvent.AccessList", "SecurityEvent.EventOriginId"];

  test("no table, column or type of either shape is missing or made up", () => {
    const { tables } = reference();
    expect([...catalogueTableNames()].sort()).toEqual(tables.map((table) => table.name).sort());
    const wrong = tables.flatMap((table) => {
      const { name, sentinel = {}, xdr = {} } = table;
      const found = new Map(catalogueTable(name)?.columns.map((column) => [column.name, column.type] as const));
      const expected = new Set([...Object.keys(sentinel), ...Object.keys(xdr)]);
      if (Object.keys(xdr).length > 0) for (const time of ["Timestamp", "TimeGenerated"]) expected.add(time);
      const columns = [...new Set([...expected, ...found.keys()])];
      return columns
        .filter((column) => {
          const types = [xdr[column], sentinel[column]].filter((type) => type !== undefined);
          const type = types.includes("dynamic") ? "dynamic" : (types[0] ?? "datetime");
          return found.get(column) !== (expected.has(column) ? type : undefined);
        })
        .map((column) => `${name}.${column}`);
    });
    expect(wrong.sort()).toEqual(leftOut);
  });

  test("old names answer with today's table", () => {
    const { renamed } = reference();
    expect(Object.fromEntries(renamedTables())).toEqual(renamed);
    for (const [old, current] of Object.entries(renamed)) expect(catalogueTable(old)?.name).toBe(current);
  });

  test("tables whose columns a tenant decides on are open", () => {
    const wrong = reference().tables.filter((table) => catalogueTable(table.name)?.open !== (table.open === true));
    expect(wrong.map((table) => table.name)).toEqual([]);
  });
});

test("names are exact: letter case makes another table", () => {
  expect(catalogueTable("DeviceProcessEvents")?.defender).toBe(true);
  expect(catalogueTable("deviceprocessevents")).toBeUndefined();
  expect(catalogueTable("__proto__")).toBeUndefined();
});
