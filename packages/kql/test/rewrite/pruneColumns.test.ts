import { expect, test } from "vitest";
import { type CompileOptions, compile } from "../../src/compile.ts";

const T = {
  name: "T",
  columns: [
    { name: "Time", type: "datetime" },
    { name: "Device", type: "string" },
    { name: "File", type: "string" },
    { name: "Bag", type: "dynamic" },
  ],
} as const;

const options: CompileOptions = {
  now: 638_553_024_000_000_000n,
  table: (name) => (name === "T" ? T : undefined),
  tableNames: () => ["T"],
  layout: () => ({
    relation: "T",
    columns: new Map(T.columns.map(({ name, type }) => [name, { physical: name, nullable: type !== "string" }])),
  }),
};

function sqlOf(text: string): string {
  const result = compile(text, options);
  if (!result.ok) throw new Error(result.diagnostics[0]?.message);
  return result.query.sql;
}

test("the row that arg_max(x, *) gathers has the columns that are read afterwards alone", () => {
  const sql = sqlOf("T | summarize arg_max(Time, *) by Device | project Device, File");
  expect(sql).toContain('"File"');
  expect(sql).not.toContain('"Bag"');
});

test("what a condition, a sort or a subquery reads stays, though no output shows it", () => {
  const sql = sqlOf(
    "T | where isnotempty(Bag) | sort by Time asc | where File in ((T | project Device)) | project Device",
  );
  for (const name of ["Bag", "Time", "File", "Device"]) expect(sql).toContain(`"${name}"`);
});

test("rows that are only counted are still read", () => {
  expect(sqlOf("T | count")).toContain('"T"');
});

test("a numbering that nobody reads is not made, and one that orders a neighbour is", () => {
  const joined = "join kind=inner (T) on Device | project File1";
  expect(sqlOf(`T | sort by Time asc | extend n = row_number() | ${joined}`)).not.toContain("over (");
  expect(sqlOf(`T | sort by Time asc | where prev(File) == "a" | ${joined}`)).toContain("row_number() over (");
});

test("each side of a union and of a join keeps what the other side's place needs", () => {
  const union = sqlOf("union (T | project A = File, B = Device), (T | project A = Device, B = File) | project B");
  expect(union.match(/"Device" as|"File" as/g)).toHaveLength(2);
  const join = sqlOf("T | join kind=inner (T | project Device, Other = File) on Device | project Other");
  expect(join).not.toContain('"Bag"');
});

test("a plan can be had as it was bound", () => {
  const result = compile("T | project Device", { ...options, asBound: true });
  expect(result.ok && result.query.sql).toContain('"Bag"');
});
