import { describe, expect, test } from "vitest";
import { type Examination, examine, type QueryNote, type TableSchema } from "../../src/index.ts";

const DAY = 864_000_000_000n;
const now = 638_553_024_000_000_000n;
const tables = new Map<string, TableSchema>(
  ["Events", "Others"].map((name) => [
    name,
    {
      name,
      columns: [
        { name: "TimeGenerated", type: "datetime" },
        { name: "A", type: "string" },
        { name: "B", type: "string" },
        { name: "N", type: "long" },
      ],
    },
  ]),
);
const old = new Map([["OldEvents", "Events"]]);

function examined(text: string): Examination {
  return examine(text, {
    now,
    table: (name) => tables.get(old.get(name) ?? name),
    tableNames: () => [...tables.keys(), ...old.keys()],
    layout: () => ({ relation: undefined, columns: new Map() }),
    renamed: old,
  });
}

function notes(text: string): readonly (readonly [string, string])[] {
  return examined(text).notes.map(({ code, span }) => [code, text.slice(span.start, span.end)]);
}

function codes(text: string): readonly string[] {
  return examined(text).notes.map(({ code }) => code);
}

/** A query with the edits of a note applied. */
function applied(text: string, edits: QueryNote["fix"]): string {
  return (edits ?? [])
    .toSorted((a, b) => b.span.start - a.span.start)
    .reduce((made, { span, text: put }) => made.slice(0, span.start) + put + made.slice(span.end), text);
}

const recent = "| where TimeGenerated > ago(1d)";

describe("how far a query looks back", () => {
  test.each([
    ["Events | take 1", ["no-time-filter"]],
    [`Events ${recent} | take 1`, []],
    ["Events | where TimeGenerated between (ago(2d) .. now()) | take 1", []],
    ["Events | where TimeGenerated < ago(1d) | take 1", ["no-time-filter"]],
    // One side of a join is bounded, the other isn't.
    [`Events ${recent} | join (Others) on A | take 1`, ["no-time-filter"]],
    [`let e = Events ${recent}; e | where A in ((Others | project A)) | take 1`, ["no-time-filter"]],
    [`union (Events ${recent}), (Others ${recent}) | take 1`, []],
    [`union Events, Others ${recent} | take 1`, []],
    ["Events | project T = TimeGenerated, A | where T > ago(1d) | take 1", []],
    ["Events | where startofday(TimeGenerated) > ago(1d) | take 1", []],
    ["Events | where TimeGenerated > ago(1d) or A == 'x' | take 1", ["no-time-filter"]],
    ["print 1", []],
  ])("%s", (text, expected) => expect(codes(text)).toEqual(expected));

  test("is told in ticks, per table", () => {
    const { windows } = examined(
      "Events | where TimeGenerated > ago(14d) | union (Others | where TimeGenerated >= ago(1h))",
    );
    expect(windows.map(({ table, earliest }) => [table, earliest === undefined ? undefined : now - earliest])).toEqual([
      ["Events", 14n * DAY],
      ["Others", DAY / 24n],
    ]);
  });
});

describe("exclusions that say something else than is usually meant", () => {
  test.each([
    // CTM360's "Brand Abuse" in Azure-Sentinel: the status is always one of the two it is not.
    ['where A != "Closed" or A != "Resolved"', ["always-true"]],
    ['where A !~ "x" or A !in ("y", "z")', ["always-true"]],
    ['where A != "x" or A != "x"', ["or-of-exclusions"]],
    ['where A == "x" and A == "y"', ["never-true"]],
    ['where A =~ "x" and A =~ "X"', []],
    ['where A != "x" or B != "y"', ["or-of-exclusions"]],
    ['where A != "x" and B != "y"', ["and-of-exclusions"]],
    ['where (A != "x" and B != "y") and N > 1', ["and-of-exclusions"]],
    ['where A != "x" and A != "y"', []],
    ['where A == "x" or A == "y"', []],
    ['where A != "x" or B == "y"', []],
    ['where A == "x" and B == "y"', []],
  ])("%s", (condition, expected) => expect(codes(`Events ${recent} | ${condition} | take 1`)).toEqual(expected));

  test("come with the other reading", () => {
    const text = `Events ${recent} | where A != "x" and B !~ "y" | take 1`;
    const [note] = examined(text).notes;
    expect(applied(text, note?.instead)).toBe(`Events ${recent} | where A != "x" or B !~ "y" | take 1`);
  });
});

describe("contains", () => {
  test.each([
    ["A contains @'\\temp\\'", "contains-is-has", "has"],
    ["A !contains_cs '.exe.'", "contains-is-has", "!has_cs"],
    ["A contains 'powershell'", "contains-for-has", undefined],
  ])("%s", (condition, code, fix) => {
    const text = `Events ${recent} | where ${condition} | take 1`;
    const [note] = examined(text).notes;
    expect(note?.code).toBe(code);
    expect(note?.fix?.map((edit) => edit.text)).toEqual(fix === undefined ? undefined : [fix]);
  });

  // A border of a term on one side only; texts too short for the index; what is not a constant; numbers.
  test.each(["A contains '.exe'", "A contains 'ab'", "A contains B", "A contains ''", "A contains '@'"])(
    "%s is left alone",
    (condition) => {
      expect(codes(`Events ${recent} | where ${condition} | take 1`)).toEqual([]);
    },
  );
});

describe("old names", () => {
  test("of functions are those that Microsoft's parser calls obsolete; the old default size is written out", () => {
    const text = `Events ${recent} | summarize s = makeset(A), l = makelist(B, 5) by p = tostring(parsejson(A)) | take 1`;
    const found = examined(text).notes;
    expect(found.map(({ facts }) => facts)).toEqual([
      { name: "makeset", now: "make_set" },
      { name: "makelist", now: "make_list" },
      { name: "parsejson", now: "parse_json" },
    ]);
    expect(found.reduceRight((made, { fix }) => applied(made, fix), text)).toBe(
      `Events ${recent} | summarize s = make_set(A, 128), l = make_list(B, 5) by p = tostring(parse_json(A)) | take 1`,
    );
  });

  test("of tables", () => expect(notes(`OldEvents ${recent} | take 1`)).toEqual([["renamed-table", "OldEvents"]]));
});

describe("sorts and searches", () => {
  test.each([
    [`Events ${recent} | sort by A asc`, ["unbounded-sort"]],
    [`Events ${recent} | sort by A asc | project A`, ["unbounded-sort"]],
    [`Events ${recent} | sort by A asc | take 5`, []],
    [`Events ${recent} | sort by A asc | extend p = prev(A)`, []],
    [`Events ${recent} | top 5 by A asc`, []],
    ["search 'x' | take 1", ["searches-everything"]],
    ["union * | take 1", ["searches-everything"]],
  ])("%s", (text, expected) => expect(codes(text).slice(0, expected.length)).toEqual(expected));
});

test("spaces at the ends of lines are found, those inside of texts are not", () => {
  const text = `Events  \n${recent}\t\n| where A == \`\`\`x  \ny\`\`\`\n| take 1`;
  const [note] = examined(text).notes;
  expect(note?.facts).toEqual({ lines: 2 });
  expect(applied(text, note?.fix)).toBe(`Events\n${recent}\n| where A == \`\`\`x  \ny\`\`\`\n| take 1`);
});

test("a query with an error is still looked at, and gives its errors", () => {
  const found = examined('Events | where Nope == 1 | where A != "x" or A != "y"');
  expect(found.diagnostics.map(({ code }) => code)).toEqual(["KS142"]);
  expect(found.notes.map(({ code }) => code)).toEqual(["always-true"]);
  expect(found.tables).toEqual(["Events"]);
});

describe("a query made to be slow to read is read all the same", () => {
  test("blanks in the middle of a line", () => {
    expect(codes(`Events | where TimeGenerated > ago(1d)${" ".repeat(300_000)}| take 1  `)).toEqual(["trailing-space"]);
  });
  test("blanks at the ends of many lines that stand between texts", () => {
    const lines = Array.from({ length: 8_000 }, () => "'a',  ").join("\n");
    const [first] = examined(`Events | where TimeGenerated > ago(1d) | where A in (${lines}\n'b')`).notes;
    expect(first?.facts).toEqual({ lines: 8_000 });
  });
  test("a long chain of conditions", () => {
    const chain = Array.from({ length: 6_000 }, (_, index) => `A == 'a${index}'`).join(" or ");
    expect(examined(`Events | where ${chain}`).diagnostics.map(({ code }) => code)).toEqual(["KS245"]);
  });
});

test("a watchlist that is not there may have any column, and they are texts", () => {
  const query =
    "_GetWatchlist('A') | where Notes has_any ('x') | project Id | join kind=inner (Events | where TimeGenerated > ago(1d)) on $left.Id == $right.A";
  const { diagnostics } = examine(query, {
    now,
    table: (name) => tables.get(name) ?? (name.startsWith("_GetWatchlist(") ? watchlist : undefined),
    tableNames: () => [...tables.keys()],
    layout: () => ({ relation: undefined, columns: new Map() }),
    renamed: old,
  });
  expect(diagnostics).toEqual([]);
});

const watchlist = { name: "_GetWatchlist('A')", open: true, columns: [{ name: "SearchKey", type: "string" }] } as const;

test("'a != 0 or b != ''' asks for rows that have either and is no exclusion", () => {
  expect(codes("Events | where TimeGenerated > ago(1d) | where N != 0 or A != ''")).toEqual([]);
});

test("what stands in the body of a function that takes arguments is pointed at, however far its brace is from them", () => {
  for (const blanks of ["", " ", "   "])
    expect(notes(`let f = (x: string)${blanks}{ Events | take 1 }; f('a')`)).toEqual([["no-time-filter", "Events"]]);
});
