import { readFileSync } from "node:fs";
import { supportMatrix } from "@goshawk/kql";
import { expect, test } from "vitest";
import { formatSupportMatrix } from "../../src/report/supportMatrix.ts";

test("everything in Microsoft's catalogue has a row that says what becomes of it", () => {
  const unknown = supportMatrix().filter(({ support }) => support.kind === "unknown");
  expect(unknown.map(({ area, name }) => `${area} ${name}`)).toEqual([]);
});

test("the support matrix tells what the rows tell (npm run support-matrix writes it)", () => {
  const written = readFileSync(new URL("../../../../docs/support-matrix.md", import.meta.url), "utf8");
  expect(written).toBe(formatSupportMatrix(supportMatrix()));
});

test("a note with a bar stays one cell of its row", () => {
  const matrix = formatSupportMatrix([
    { area: "plugin", name: "p", hidden: true, support: { kind: "refused", why: "a | b" } },
  ]);
  expect(matrix).toContain("| *`p`* | refused | a \\| b |");
});
