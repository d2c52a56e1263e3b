import fc from "fast-check";
import { expect, test } from "vitest";
import { quoted } from "../../src/fuzz/literal.ts";
import { shrunk, smaller } from "../../src/fuzz/shrink.ts";
import { list, type Tree, textOf, whole } from "../../src/fuzz/tree.ts";

const call = whole(["f(", whole(["g(", "x", ")"], ["x"]), ")"], [whole(["g(", "x", ")"], ["x"])]);

test("a failing query loses the operators and the calls that its failure does not need", async () => {
  const query = list(["T", "take 1", whole(["where ", call]), "count"], " | ");
  const least = await shrunk<Tree>(
    query,
    (tree) => [...smaller(tree)],
    async (tree) => /T.*where.*x/.test(textOf(tree)),
    100,
  );
  expect(textOf(least)).toBe("T | where x");
});

test("a list keeps as many items as its syntax needs", () => {
  expect([...smaller(list(["a", "b"], ", ", 2))]).toEqual([]);
});

test("a text's literal has no end and no line break within it", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(quoted(text).slice(1, -1)).toMatch(/^(?:[^"\\\n\r]|\\u[0-9a-f]{4}|\\["\\nrt])*$/u);
    }),
  );
});
