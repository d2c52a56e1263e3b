import fc from "fast-check";
import { expect, it } from "vitest";
import { applyEdits, type Edit, unchanged } from "../../../src/rules/text/edits.ts";

it("after any edits, a character that was kept leads back to itself", () => {
  const edits = fc.array(
    fc.record({ start: fc.nat(30), length: fc.nat(4), text: fc.constantFrom("", "#", "##", "###") }),
  );
  fc.assert(
    fc.property(edits, edits, (first, second) => {
      const file = "abcdefghijklmnopqrstuvwxyzABCDEFGH";
      const once = applyEdits(unchanged(file), first.map(toEdit));
      const twice = applyEdits(once, second.map(toEdit));
      for (const [at, character] of [...twice.text].entries()) {
        if (character !== "#") expect(file.charAt(twice.toFile(at))).toBe(character);
      }
    }),
  );
});

function toEdit({ start, length, text }: { start: number; length: number; text: string }): Edit {
  return { start, end: start + length, text };
}
