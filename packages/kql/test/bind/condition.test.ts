import { describe, expect, test } from "vitest";
import { conditionOutline } from "../../src/index.ts";

describe("the outline of a condition", () => {
  test("keeps brackets, flattens chains, and knows a path from a column", () => {
    expect(conditionOutline('a.b == "x" and (c in ("1", "2") or not(d contains "y")) and e > 3')).toMatchObject({
      kind: "and",
      parts: [
        { kind: "comparison", field: "a.b", operator: "==", values: ["x"] },
        {
          kind: "or",
          parts: [
            { kind: "comparison", field: "c", operator: "in", values: ["1", "2"] },
            { kind: "not", part: { kind: "comparison", field: "d", operator: "contains", values: ["y"] } },
          ],
        },
        { kind: "comparison", field: "e", operator: ">", values: ["3"] },
      ],
    });
  });

  test("says where each field stands in its own text", () => {
    const text = 'x == "1" or  yy != "2"';
    const outline = conditionOutline(text);
    const parts = outline?.kind === "or" ? outline.parts : [];
    const fields = parts.map((part) => (part.kind === "comparison" ? part.fieldSpan : part.span));
    expect(fields.map(({ start, end }) => text.slice(start, end))).toEqual(["x", "yy"]);
  });

  test.each([["a == b"], ["strlen(a) > 2"], ["a"]])("%s is no comparison with a constant", (text) => {
    expect(conditionOutline(text)?.kind).toBe("other");
  });

  test.each([["a =="], ["true) | take 1 | where (true"], ["true); T; print (1"], [""]])(
    "'%s' is no condition",
    (text) => {
      expect(conditionOutline(text)).toBeUndefined();
    },
  );
});
