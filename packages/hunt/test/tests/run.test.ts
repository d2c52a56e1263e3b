import { startWorkerBackend } from "@goshawk/engine";
import { catalogueTable, schemasModule } from "@goshawk/store";
import { afterAll, describe, expect, test } from "vitest";
import { parseExclusions } from "../../src/exclusions/load.ts";
import { loadRules } from "../../src/rules/load.ts";
import type { Rule } from "../../src/rules/rule.ts";
import { parseTests } from "../../src/tests/load.ts";
import { runTests, type TestResult } from "../../src/tests/run.ts";

const engine = startWorkerBackend({ tables: [], schemas: schemasModule, memoryLimit: "1GB", threads: 1 });
afterAll(() => engine.close());

const rule = `id: 1525a733-192f-41f2-96ba-d3f631ca00d0
name: Signed agent
query: |
  let start = ago(5d);
  DeviceFileCertificateInfo
  | where Timestamp between (start .. now())
  | where Signer has 'Action1 Corporation'
  | summarize Count = count(), Last = max(Timestamp), Hashes = make_set(SHA1) by DeviceName
`;

async function run(tests: string, text: string = rule, exclusions = ""): Promise<readonly TestResult[]> {
  const loaded = await parseTests(tests, "a.test.yaml");
  expect(loaded.problems).toEqual([]);
  const [only] = loadRules(text, "a.yaml").rules;
  const decided = exclusions === "" ? [] : parseExclusions(exclusions, "e.yaml").exclusions;
  const cases = loaded.cases.map((item) => ({
    test: item,
    rule: only ?? ({ fault: "none" } as never as Rule),
    exclusions: decided,
  }));
  return runTests(cases, {
    engines: [engine],
    columnsOf: (table) => catalogueTable(table)?.columns,
    eventTime: () => "Timestamp",
    today: "2026-11-24",
  });
}

function said(results: readonly TestResult[]): readonly unknown[] {
  return results.map(({ outcome, lines }) => (lines.length === 0 ? outcome : [outcome, ...lines]));
}

const event = "{ Timestamp: 2026-10-31T10:00:00Z, DeviceName: pc1, SHA1: aa, Signer: Action1 Corporation }";
const cases = (...items: readonly string[]): string =>
  `now: 2026-11-01\ntests:\n${items.map((item, index) => `  - { name: c${index}, ${item} }`).join("\n")}\n`;
const events = (...rows: readonly string[]): string => `events: { DeviceFileCertificateInfo: [${rows.join(", ")}] }`;

describe("a case", () => {
  test("passes where the rule does what it says, whatever the case before has left", async () => {
    const results = await run(
      cases(
        `${events(event)}, expect: fires`,
        `${events("{ Timestamp: 2026-10-31T10:00:00Z, Signer: Contoso }")}, expect: nothing`,
        "expect: { count: 0 }",
        `${events(event, event)}, expect: { rows: [{ DeviceName: pc1, Count: 2, Last: 2026-10-31T10:00:00.000Z, Hashes: [aa] }] }`,
        // Six days before now(): too old for the rule.
        `${events(event)}, now: 2026-11-06T00:00:00Z, expect: nothing`,
      ),
    );
    expect(said(results)).toEqual(["passed", "passed", "passed", "passed", "passed"]);
  });

  test("fails with what differs", async () => {
    const results = await run(
      cases(
        `${events(event)}, expect: nothing`,
        `${events()}, expect: fires`,
        `${events(event)}, expect: { rows: [{ DeviceName: pc2, Count: 1 }] }`,
        `${events(event)}, expect: { rows: [] }`,
        `${events(event)}, expect: { rows: [], more: true }`,
        `${events(event)}, expect: { rows: [{ Device: pc1 }] }`,
      ),
    );
    const row = '+ {"DeviceName":"pc1","Count":"1","Last":"2026-10-31T10:00:00.0000000Z","Hashes":"[\\"aa\\"]"}';
    expect(said(results)).toEqual([
      ["failed", "expected: it doesn't fire", "found:    1 row", row],
      ["failed", "expected: it fires", "found:    0 rows, and more than 0 is needed"],
      ["failed", '- {"DeviceName":"pc2","Count":1}', '  nearest row has {"DeviceName":"pc1"}', row],
      ["failed", row],
      "passed",
      ["failed", "expected: the columns Device", "found:    the columns DeviceName, Count, Last, Hashes"],
    ]);
  });

  test("that can't be tried says why", async () => {
    const results = await run(
      cases(
        `${events("{ Tmestamp: 2026-10-31 }")}, expect: nothing`,
        `${events("{ Timestamp: soon }")}, expect: nothing`,
        `${events(event)}, now: never, expect: nothing`,
      ),
    );
    expect(said(results)).toEqual([
      ["error", "DeviceFileCertificateInfo has no column 'Tmestamp'"],
      ["error", 'DeviceFileCertificateInfo.Timestamp is "soon", and that is no datetime'],
      ["error", "'never' is no datetime"],
    ]);
    expect(said(await run(cases("expect: nothing"), "name: x\nid: y\nquery: NoTable | take 1\n"))[0]).toEqual([
      "error",
      expect.stringContaining("NoTable"),
    ]);
  });

  test("with events that the rule never reads proves nothing, and says so", async () => {
    const misspelt = events(event).replace("DeviceFileCertificateInfo", "DeviceFileCertificateInof");
    expect(said(await run(cases(`${misspelt}, now: 2026-11-01, expect: nothing`)))).toEqual([
      [
        "error",
        "the rule reads no table 'DeviceFileCertificateInof', so its events prove nothing; it reads DeviceFileCertificateInfo",
      ],
    ]);
  });

  test("fires by the rule's own threshold", async () => {
    const two = rule.replace("query:", "kind: Scheduled\ntriggerOperator: gt\ntriggerThreshold: 1\nquery:");
    const other = event.replace("pc1", "pc2");
    const results = await run(
      cases(`${events(event)}, expect: nothing`, `${events(event, other)}, expect: fires`),
      two,
    );
    expect(said(results)).toEqual(["passed", "passed"]);
  });

  test("sees tables that nobody else knows, columns of every type, and exclusions", async () => {
    const custom = `name: x\nid: y\nquery: |\n  My_CL\n  | where TimeGenerated > ago(1d) and n > 1 and r > 0.1 and b and tostring(d.a) == "1"\n`;
    const row = '{ TimeGenerated: 2026-10-31T23:00:00Z, n: 2, r: 0.5, b: true, d: { a: "1" }, s: "x" }';
    expect(
      said(await run(cases(`events: { My_CL: [${row}] }, expect: { rows: [{ s: x, d: { a: "1" } }] }`), custom)),
    ).toEqual(["passed"]);
    const exclusion = `exclusions:
  - { id: e, scenario: s, rules: any, table: DeviceFileCertificateInfo, meaning: drop, when: DeviceName == "pc1", owner: o, reason: r, created: 2026-11-01 }
`;
    expect(said(await run(cases(`${events(event)}, expect: nothing`), rule, exclusion))).toEqual(["passed"]);
  });
});

describe("a test file", () => {
  test.each([
    ["tests:\n  - name: a\n    expect: { count: 7 }\n    expect: fires", 4],
    ["tests:\n  - name: a\n    events:\n      T: [{ a: 1 }]\n      T: []\n    expect: nothing", 5],
  ])("that says a thing twice gives no case, since one of them would be dropped", async (text, line) => {
    const { cases: none, problems } = await parseTests(text, "a.test.yaml");
    expect([none.length, problems.map((problem) => problem.line)]).toEqual([0, [line]]);
  });

  test.each([
    ["tests: [{ name: a }]", "'tests.0' lacks 'expect'.", 1],
    [
      "tests:\n  - name: a\n    expect: fire",
      "'tests.0.expect' must be fires or nothing, or a mapping with 'count' or 'rows'.",
      3,
    ],
    [
      "tests:\n  - name: a\n    expects: fires\n    expect: fires",
      "'tests.0' has the key 'expects', which means nothing here.",
      2,
    ],
    [
      "tests:\n  - name: a\n    events: { T: { file: nowhere.json } }\n    expect: fires",
      "The file of events 'nowhere.json' can't be read: there is no such file.",
      3,
    ],
    ["a: &a [1]\nb: [*a", "The YAML can't be read", 2],
    [
      `a: &a [x,x,x,x,x,x,x,x,x,x]\n${[..."bcdefgh"].map((key, index) => `${key}: &${key} [${Array(10).fill(`*${"abcdefg"[index]}`)}]`).join("\n")}`,
      "can't be expanded",
      1,
    ],
  ])("with a fault names it: %#", async (text, message, line) => {
    const { cases: none, problems } = await parseTests(text, "a.test.yaml");
    expect(none).toEqual([]);
    expect(problems.map((item) => item.message).join("\n")).toContain(message);
    expect(problems[0]?.line).toBe(line);
  });
});

describe("a whole number that JavaScript would round", () => {
  const ids = `query: |
  DeviceFileCertificateInfo
  | where Timestamp > ago(1d)
  | project ReportId
`;
  test("is kept to its last digit, in events and in what is expected", async () => {
    const row = "{ Timestamp: 2026-10-31T10:00:00Z, ReportId: 9007199254740993 }";
    const found = await run(
      cases(
        `${events(row)}, expect: { rows: [{ ReportId: 9007199254740993 }] }`,
        `${events(row)}, expect: { rows: [{ ReportId: 9007199254740992 }] }`,
      ),
      ids,
    );
    expect(found.map(({ outcome }) => outcome)).toEqual(["passed", "failed"]);
  });

  test("inside of a dynamic value is a problem with a place", async () => {
    const row = "{ Timestamp: 2026-10-31T10:00:00Z, AdditionalFields: { id: 9007199254740993 } }";
    const { problems } = await parseTests(cases(`${events(row)}, expect: nothing`), "a.test.yaml");
    expect(problems).toMatchObject([{ line: 3, message: expect.stringContaining("9007199254740993") }]);
  });
});
