import { join } from "node:path";
import { expect, test } from "vitest";
import { conformanceFolder } from "../../src/read/sharedFolder.ts";
import { readKnownGaps } from "../../src/report/readKnownGaps.ts";
import { temporaryFolder } from "../read/temporary.ts";

async function read(text: string) {
  const folder = await temporaryFolder({ "gaps.yaml": text });
  const { gaps, problems } = await readKnownGaps(join(folder, "gaps.yaml"));
  return { gaps, problems: problems.map(({ line, message }) => `${line}: ${message}`) };
}

test("an entry says what, why and where to follow it", async () => {
  const { gaps, problems } = await read("- id: docs/geo-*\n  kind: refused\n  cause: no S2 cells\n  issue: 7\n");
  expect(gaps).toEqual([{ id: "docs/geo-*", kind: "refused", cause: "no S2 cells", issue: 7 }]);
  expect(problems).toEqual([]);
});

test.each([
  ["- {id: a, kind: refused}", "1: 'cause' should be a text"],
  ["- {id: a, kind: wrong, cause: c}", /^1: unknown kind 'wrong'; expected refused/],
  ["- {id: '*', kind: refused, cause: c}", /^1: 'id' covers everything/],
  ["- {id: 'a*b', kind: refused, cause: c}", /^1: 'id' may hold a '[*]' at its end only$/],
  ["- {id: a, kind: refused, cause: c, isue: 1}", /^1: a gap has no key 'isue'/],
  ["- {id: a, kind: refused, cause: c, issue: soon}", "1: 'issue' should be a number"],
  ["- {id: a, kind: tie, cause: c}\n- {id: a, kind: tie, cause: c}", "2: 'a' is listed twice"],
  ["id: a", "1: should be a list"],
  ["- id: [", /^1: Flow sequence in block collection must be sufficiently indented and end with a \]$/],
])("%j is a problem at its line", async (text, message) => {
  expect((await read(text)).problems).toEqual([expect.stringMatching(message)]);
});

test("an empty file knows no gaps", async () => {
  expect(await read("# none\n")).toEqual({ gaps: [], problems: [] });
});

test("the list that the project keeps can be read", async () => {
  expect((await readKnownGaps(join(conformanceFolder, "known-gaps/duckdb.yaml"))).problems).toEqual([]);
});
