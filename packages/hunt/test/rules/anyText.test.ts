import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadRules } from "../../src/rules/load.ts";
import type { RuleFile } from "../../src/rules/rule.ts";

const page = [
  "Prose: about this.",
  "id: 1525a733-192f-41f2-96ba-d3f631ca00d0",
  "name: '{{A}} rule'",
  "description: |",
  "  text",
  "requiredDataConnectors:",
  "    - connectorId: A",
  "    dataTypes:",
  "        - T",
  "tactics: Execution, Impact",
  "severity: Hight",
  "entityMappings:",
  "- entityType: IP",
  "fieldMappings:",
  "- identifier: Address",
  "columnName: Ip",
  "query: |2-",
  "  T",
  '\t| where a == "\\u0041"',
  "  | take 1",
  "Scenario: one",
  "Filter/Exclusion: a == 1",
].map((line) => `${line}\n`);

const strays = ["\t", "&a ", "*a", "[", '"', "'", "\r", "\u000b", "\ud800", "---\n", ": ", "|", "{{b}}", "\u0085", " "];

/** A line as it is, or left out, doubled, moved left, cut, or broken by a stray character. */
const damage = fc.oneof(
  { weight: 80, arbitrary: fc.constant((line: string) => line) },
  fc.constantFrom<(line: string) => string>(
    () => "",
    (line) => line + line,
    (line) => line.trimStart(),
    (line) => line.slice(1),
    (line) => line.replace("\n", "\r\n"),
  ),
  fc.tuple(fc.nat(40), fc.constantFrom(...strays)).map(
    ([at, stray]) =>
      (line: string) =>
        insert(line, at, stray),
  ),
);

const broken = fc
  .array(damage, { minLength: page.length, maxLength: page.length })
  .map((damages) => damages.map((change, at) => change(page[at] ?? "")).join(""));

const path = fc.constantFrom("a.yaml", "a.txt", "a.md", "a.kql", "a");

describe("whatever a file holds", () => {
  it("reading it neither throws nor leaves a reader without a rule or a reason", () => {
    fc.assert(
      fc.property(fc.oneof(broken, fc.string({ unit: "binary" })), path, (text, name) => {
        const file = loadRules(text, name);
        expect(file.rules.length + file.problems.length).toBeGreaterThan(0);
        for (const { line, column } of [...file.repairs, ...file.problems]) {
          expect(line).toBeGreaterThan(0);
          expect(column).toBeGreaterThan(0);
          expect(line).toBeLessThanOrEqual(text.split(/\r\n|\n|\r/).length);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("a mended file needs no repair and gives the same queries", () => {
    fc.assert(
      fc.property(broken, path, (text, name) => {
        const file = loadRules(text, name);
        fc.pre(file.mended !== undefined);
        const again = loadRules(file.mended ?? "", "a.yaml");
        expect(again.repairs).toEqual([]);
        expect(queries(again)).toEqual(queries(file));
      }),
      { numRuns: 500 },
    );
  });
});

function insert(line: string, at: number, stray: string): string {
  const place = Math.min(at, line.length);
  return line.slice(0, place) + stray + line.slice(place);
}

function queries({ rules }: RuleFile): readonly string[] {
  return rules.map(({ query }) => query);
}
