import { createRequire } from "node:module";
import type { CheckProblem } from "@goshawk/hunt";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { sarifText } from "../../src/check/sarif.ts";

interface Draft4 {
  readonly $schema: string;
  readonly id: string;
}

const require = createRequire(import.meta.url);
// The words that the schema uses of JSON Schema's draft 4 mean the same in draft 7, which the validator speaks.
const { $schema: _, id: __, ...schema }: Draft4 = require("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true, unicodeRegExp: false }).compile(
  schema,
);

const problem: CheckProblem = {
  code: "unmapped-column",
  severity: "information",
  path: "rules/a b#ü.yaml",
  start: { line: 3, column: 5 },
  end: { line: 3, column: 9 },
  message: "The query returns no column 'X'.",
  next: "Return it.",
};

test("a log is SARIF 2.1.0 by OASIS's schema, with paths that a code host finds", () => {
  const problems = [
    problem,
    { ...problem, code: "KS142", path: "/elsewhere/b.yaml", silenced: "known", severity: "error" } as const,
  ];
  const log: unknown = JSON.parse(sarifText(problems, "/home/me/repo", "1.2.3"));
  validate(log);
  expect(validate.errors).toBeNull();
  expect(log).toMatchObject({
    runs: [
      {
        tool: { driver: { rules: [{ id: "KS142" }, { id: "unmapped-column" }] } },
        originalUriBaseIds: { WORKING_FOLDER: { uri: "file:///home/me/repo/" } },
        results: [
          {
            ruleId: "unmapped-column",
            ruleIndex: 1,
            level: "note",
            message: { text: "The query returns no column 'X'. Return it." },
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: "rules/a%20b%23%C3%BC.yaml", uriBaseId: "WORKING_FOLDER" },
                  region: { startLine: 3, startColumn: 5, endLine: 3, endColumn: 9 },
                },
              },
            ],
          },
          { level: "error", suppressions: [{ kind: "inSource", justification: "known" }] },
        ],
      },
    ],
  });
});
