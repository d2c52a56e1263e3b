import { describe, expect, test } from "vitest";
import { nameReferences } from "../../src/index.ts";

describe("where a query refers to a name", () => {
  test("is each use of it, and neither its declaration, nor a member, a text or a comment", () => {
    const query = "let T = T | where a.T == 'T'; // T\nunion T, (T | take 1)";
    expect(nameReferences(query, "T").map(({ start }) => query.slice(start - 2, start + 1))).toEqual([
      "= T",
      "n T",
      " (T",
    ]);
  });
});
