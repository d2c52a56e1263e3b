import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { QueryAnswer } from "../src/backend.ts";
import { Session } from "../src/duckdb/session.ts";

const bags = `datatable (id: long, b: dynamic) [1, dynamic({"x": 1, "n": "a"}), 2, dynamic({"x": 2})]`;
const functions = [
  {
    name: "Unpacked",
    parameters: "()",
    body: `{\n${bags} | evaluate bag_unpack(b) | extend y = coalesce(tostring(z), n)\n}`,
  },
  { name: "Twice", parameters: "()", body: "{ let f = () { Unpacked }; union f, f }" },
  {
    name: "Turned",
    parameters: "()",
    body: `{ ${bags} | extend k = strcat("k", id) | evaluate pivot(k, count(), id) }`,
  },
];

let session: Session;

beforeAll(async () => {
  session = await Session.open({ schemas: { table: () => undefined, tableNames: () => [] }, tables: [], functions });
});

afterAll(() => session.close());

async function answer(text: string): Promise<QueryAnswer> {
  const outcome = await session.run({ text, now: 0n });
  if (!outcome.ok) throw new Error(outcome.diagnostics.map(({ message }) => message).join("\n"));
  return outcome;
}

describe("a stored function whose columns depend on its rows", () => {
  test("has them, and no place in the query is taken for one in its body", async () => {
    const { table, warnings } = await answer("Unpacked | where x > 1 and id < 10 | project id, x, y");
    expect(table.rows).toEqual([["2", "2", ""]]);
    expect(warnings).toEqual(["No row has the property 'z'; it is null everywhere."]);
  });

  test("may be called several times, by other functions too", async () => {
    const { table } = await answer("Twice | summarize total = sum(x) by n | sort by n asc");
    expect(table.rows).toEqual([
      ["", "4"],
      ["a", "2"],
    ]);
  });

  test("may turn rows into columns", async () => {
    const { table } = await answer("Turned | project id, k1, k2 | sort by id asc");
    expect(table.rows).toEqual([
      ["1", "1", "0"],
      ["2", "0", "1"],
    ]);
  });
});
