import { expect, test } from "vitest";
import { orderSql } from "../../src/store/segmentOrder.ts";

const column = (name: string, type: "string" | "int" | "datetime" | "dynamic") => ({ name, type, physical: name });
const time = column("TimeGenerated", "datetime");

test("a day's rows lie by what kind they are and what they are about, then by time", () => {
  const columns = [time, column("FileName", "string"), column("ActionType", "string"), column("Note", "string")];
  expect(orderSql(columns, '"TimeGenerated"')).toBe(
    'order by "TimeGenerated" // 864000000000, "ActionType", "FileName", "TimeGenerated"',
  );
});

test("rows stay in the order of time where nothing is known of what is asked for", () => {
  expect(orderSql([time, column("Note", "string")], '"TimeGenerated"')).toBe('order by "TimeGenerated"');
  expect(orderSql([column("Note", "string")], undefined)).toBe("");
});

test("a column of the name but of a type that can't be looked up in a dictionary orders nothing", () => {
  expect(orderSql([time, column("EventID", "dynamic")], '"TimeGenerated"')).toBe('order by "TimeGenerated"');
});
