import { join } from "node:path";
import { expect, test } from "vitest";
import { readCases } from "../../src/cases/readCases.ts";
import { conformanceFolder } from "../../src/read/sharedFolder.ts";
import { temporaryFolder } from "../read/temporary.ts";

const split = `- id: split/requested-index
  source: Kusto documentation, split(), Examples
  kql: print parts = split("aaa_bbb_ccc", "_", 1)
  expect: { columns: { parts: dynamic }, rows: [[["bbb"]]] }
`;

async function read(files: { readonly [path: string]: string }) {
  const { cases, problems } = await readCases(await temporaryFolder(files));
  return { cases, problems: problems.map(({ file, line, message }) => `${file}:${line}: ${message}`) };
}

const expecting = (expect: string) => `- { id: a, source: s, kql: print 1, expect: ${expect} }`;

test("a case says where it stands, and dynamic cells are JSON text", async () => {
  const { cases, problems } = await read({ "scalar/strings.yaml": split });
  expect(problems).toEqual([]);
  expect(cases).toEqual([
    {
      id: "split/requested-index",
      source: "Kusto documentation, split(), Examples",
      kql: 'print parts = split("aaa_bbb_ccc", "_", 1)',
      expect: { columns: [{ name: "parts", type: "dynamic" }], rows: [['["bbb"]']], order: "any" },
      area: "scalar",
      file: "scalar/strings.yaml",
      line: 1,
    },
  ]);
});

test("cells keep all their digits, and columns their order", async () => {
  const text = expecting(`{ columns: { "2": long, "1": dynamic, r: real, d: datetime, s: string },
    rows: [[9007199254740993, { a: 9223372036854775807 }, .nan, 2020-01-01T00:00:00.0000001Z, "1"], [null, null, 1.5, null, ""]] }`);
  const { cases } = await read({ "a/a.yaml": text });
  expect(cases[0]?.expect).toMatchObject({
    columns: [{ name: "2" }, { name: "1" }, { name: "r" }, { name: "d" }, { name: "s" }],
    rows: [
      ["9007199254740993", '{"a":9223372036854775807}', "NaN", "2020-01-01T00:00:00.0000001Z", "1"],
      [null, null, "1.5", null, ""],
    ],
  });
});

test.each([
  ["{ columns: { x: long }, rows: [[1.5]] }", "row 1, 'x': 1.5 is no long"],
  ["{ columns: { x: string }, rows: [[1]] }", "row 1, 'x': 1 is no string"],
  ["{ columns: { x: string }, rows: [[null]] }", "row 1, 'x': a string is never null: write ''"],
  ["{ columns: { x: datetime }, rows: [[soon]] }", `row 1, 'x': "soon" is no datetime`],
  ["{ columns: { x: timespan }, rows: [[1d]] }", `row 1, 'x': "1d" is no timespan`],
  ["{ columns: { x: integer }, rows: [] }", "'integer' is no type"],
  ["{ columns: { x: int, y: int }, rows: [[1]] }", "row 1 should be a list of 2 cells"],
  [
    "{ columns: { x: int }, rows: [[1]], orderd: true }",
    "'expect' has no key 'orderd'; expected columns, rows, ordered",
  ],
  ["{ columns: { x: int } }", "'rows' should be a list of rows"],
  ["{ error: KS142, rows: [] }", "an expected error has no key 'rows'; expected error"],
])("%s is a problem at the case's line", async (expectation, message) => {
  expect((await read({ "a/a.yaml": `# one\n${expecting(expectation)}` })).problems).toEqual([`a/a.yaml:2: ${message}`]);
});

test("an id or a query told twice is a problem, across files too", async () => {
  const again = split.replace("requested-index", "again").replace("parts =", "parts  =");
  const { problems } = await read({ "a/one.yaml": split, "b/two.yaml": split + again });
  expect(problems).toEqual(
    [
      "b/two.yaml:1: 'split/requested-index' has the id of 'split/requested-index' (a/one.yaml:1)",
      "b/two.yaml:1: 'split/requested-index' has the kql of 'split/requested-index' (a/one.yaml:1)",
      "b/two.yaml:5: 'split/again' has the kql of 'split/requested-index' (a/one.yaml:1)",
    ].sort((a, b) => Number(b.includes(" id ")) - Number(a.includes(" id "))),
  );
});

test("a file that is no YAML leaves the others standing", async () => {
  const { cases, problems } = await read({ "a/bad.yaml": "- id: 'x\n", "a/good.yaml": split });
  expect(cases.map(({ id }) => id)).toEqual(["split/requested-index"]);
  expect(problems).toHaveLength(1);
});

test("the project's own cases can be read, and say where they come from", async () => {
  const { cases, problems } = await readCases(join(conformanceFolder, "cases"));
  expect(problems).toEqual([]);
  expect(cases.length).toBeGreaterThanOrEqual(30);
});
