import { describe, expect, test } from "vitest";
import { type Cell, type CellRules, cellEquals, exactly, typeNamed } from "../../src/compare/cell.ts";

const printed: CellRules = { ...exactly, kinds: "loose", printed: true };
const recorded: CellRules = { ...exactly, kinds: "loose" };

type Example = readonly [expected: Cell, actual: Cell, type: string, same: boolean, rules?: CellRules];

function examples(title: string, rows: readonly Example[]): void {
  describe(title, () => {
    test.each(rows.map((row) => [JSON.stringify(row.slice(0, 4)), row] as const))("%s", (_, row) => {
      const [expected, actual, type, same, rules = recorded] = row;
      expect(cellEquals(expected, actual, type, rules)).toBe(same);
    });
  });
}

examples("null equals null only, save where the type has none", [
  [null, null, "long", true],
  [null, "0", "long", false],
  ["", null, "long", false],
  [null, "", "string", true],
  ["", null, "string", true],
  [null, "null", "string", false],
  [null, " ", "string", false],
  [null, "null", "dynamic", true],
  ["", "null", "dynamic", true],
  [null, "{}", "dynamic", false],
  ["", null, "long", true, printed],
  ["null", "", "datetime", true, printed],
]);

examples("bool has two values, however they are written", [
  ["True", "1", "bool", true],
  ["false", "0", "bool", true],
  ["true", "false", "bool", false],
  ["yes", "yes", "bool", false],
]);

examples("whole numbers are exact beyond 2^53", [
  ["9007199254740993", "9007199254740992", "long", false],
  ["9223372036854775807", "9223372036854775807", "long", true],
  ["1,234", "1234", "long", true],
  ["1.5", "1", "long", false],
  ["1.0", "1", "int", true],
]);

examples("reals are near, NaN is NaN, infinities have a sign", [
  ["0.1", "0.10000000001", "real", true],
  ["0.1", "0.1000000003", "real", false],
  ["NaN", "NaN", "real", true],
  ["NaN", "0", "real", false],
  ["Infinity", "-Infinity", "real", false],
  ["∞", "Infinity", "real", true],
  ["1E+308", "1e308", "real", true],
  ["0.33", "0.333333", "real", false],
  ["0.33", "0.333333", "real", true, printed],
  ["0.33", "0.336", "real", false, printed],
]);

examples("datetimes and timespans count in ticks", [
  ["2007-01-01T00:00:00Z", "2007-01-01 00:00:00.0000000", "datetime", true],
  ["2007-01-01T00:00:00Z", "2007-01-01T00:00:00.0000001Z", "datetime", false],
  ["1.00:00:00", "24:00:00", "timespan", true],
  ["-00:00:01", "00:00:01", "timespan", false],
  ["not a time", "not a time", "datetime", false],
]);

examples("guids have no case", [
  ["ABCDEF00-0000-0000-0000-000000000000", "abcdef00-0000-0000-0000-000000000000", "guid", true],
]);

examples("dynamic is structure", [
  ['{"a":1,"b":[1,2]}', '{ "b": [1.0, 2], "a": 1 }', "dynamic", true],
  ["[1,2]", "[2,1]", "dynamic", false],
  ["[1,2]", "[2,1]", "dynamic", true, { ...recorded, looseArrays: true }],
  ["[1,1,2]", "[1,2,2]", "dynamic", false, { ...recorded, looseArrays: true }],
  ['{"a":null}', "{}", "dynamic", false],
  ['["2020-01-01"]', '["2020-01-01T00:00:00Z"]', "dynamic", true],
  ['{"__proto__":1}', "{}", "dynamic", false],
  ['"1"', "1", "dynamic", true],
  ['"1"', "1", "dynamic", false, exactly],
  ['"True"', "true", "dynamic", false, exactly],
  ['""', "0", "dynamic", false],
  ["{'a': 1}", '{"a":1}', "dynamic", false],
  ["{'a': 1}", '{"a":1}', "dynamic", true, printed],
  ["[1,2,]", "[1,2]", "dynamic", true, printed],
]);

examples("strings are exact, save that two JSON containers are structure", [
  ["a", "A", "string", false],
  ["a ", "a", "string", false],
  ["a  b", "a b", "string", true, printed],
  ['{"a":1, "b":2}', '{"b":2,"a":1}', "string", true],
  ["1", "1.0", "string", false],
  ["café", "cafe\u0301", "string", false],
]);

test("other names of a type are the type", () => {
  expect(["Double", "date", "time", "uniqueid", "Boolean"].map(typeNamed)).toEqual([
    "real",
    "datetime",
    "timespan",
    "guid",
    "bool",
  ]);
});
