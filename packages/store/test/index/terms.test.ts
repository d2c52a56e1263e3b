import { Session } from "@goshawk/engine/duckdb";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { needleHashes, valueHashes } from "../../src/index/needleTerms.ts";
import { eachHash } from "../../src/index/termBytes.ts";
import * as schemas from "../../src/schemas.ts";
import { hostile, kqlText, operators } from "./hostile.ts";

let session: Session;

beforeAll(async () => {
  session = await Session.open({ schemas, tables: [], threads: 1 });
});

afterAll(() => session.close());

const borders: Readonly<Record<string, { readonly start: boolean; readonly end: boolean }>> = {
  has: { start: true, end: true },
  hasprefix: { start: true, end: false },
  hassuffix: { start: false, end: true },
  contains: { start: false, end: false },
  startswith: { start: true, end: false },
  endswith: { start: false, end: true },
};

function hashesFor(operator: string, needle: string): readonly number[] {
  if (operator === "==" || operator === "=~") return valueHashes(needle, { caseSensitive: operator === "==" });
  return needleHashes(needle, borders[operator.replace("_cs", "")] ?? { start: false, end: false });
}

function hashesOf(text: string): ReadonlySet<number> {
  const hashes = new Set<number>();
  eachHash(new TextEncoder().encode(text), (hash) => hashes.add(hash));
  return hashes;
}

const piece = fc.oneof(
  fc.constantFrom(...hostile),
  fc.constantFrom(..."aAkKsSiIzZ09._-/\\ \u212AſİıßẞéÉσςΣ–😀１\u0301"),
  fc.string({ unit: "grapheme", maxLength: 4 }),
);
const someText = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(""));

/** A text, and a needle that has a chance to be in it. */
const pair = fc
  .tuple(someText, someText, fc.nat(), fc.nat(), fc.constantFrom("as is", "upper", "lower", "other"))
  .map(([text, other, from, length, how]) => {
    const chars = [...text];
    const start = chars.length === 0 ? 0 : from % chars.length;
    const part = chars.slice(start, start + 1 + (length % (chars.length + 1))).join("");
    const needle =
      how === "other" ? other : how === "upper" ? part.toUpperCase() : how === "lower" ? part.toLowerCase() : part;
    return { text, needle };
  });

async function answers(
  cases: readonly { readonly text: string; readonly needle: string }[],
): Promise<readonly string[]> {
  const tests = cases.map(
    ({ text, needle }, at) =>
      `(datatable(t: string) [${kqlText(text)}] | extend i = ${at} | extend ${operators.map((operator, of) => `o${of} = t ${operator} ${kqlText(needle)}`).join(", ")}, any = t has_any (${kqlText(needle)}, "zzzz"))`,
  );
  const outcome = await session.run({ text: `union ${tests.join(", ")} | sort by i asc`, now: 0n });
  if (!outcome.ok) throw new Error(outcome.diagnostics.map((item) => item.message).join("\n"));
  return outcome.table.rows.map((row) => row.slice(2).join(" "));
}

test("a text that the engine finds a needle in has all of the needle's hashes, whatever the letters", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(pair, { minLength: 20, maxLength: 20 }), async (cases) => {
      const found = await answers(cases);
      for (const [at, { text, needle }] of cases.entries()) {
        const held = hashesOf(text);
        const truths = found[at]?.split(" ") ?? [];
        expect(truths).toHaveLength(operators.length + 1);
        for (const [of, truth] of truths.entries()) {
          if (truth !== "true") continue;
          const missed = hashesFor(operators[of] ?? "has", needle).filter((hash) => !held.has(hash));
          expect({ text, needle, operator: operators[of] ?? "has_any", missed }).toMatchObject({ missed: [] });
        }
      }
    }),
    { numRuns: 12, seed: 4 },
  );
});

test("an address is an entry of its own, so that four common numbers don't hide that it is rare", () => {
  const held = hashesOf("GET http://198.51.100.7/ via 10.0.0.1");
  const needle = needleHashes("198.51.100.7", { start: true, end: true });
  const swapped = needleHashes("100.7.198.51", { start: true, end: true });
  expect(needle.every((hash) => held.has(hash))).toBe(true);
  expect(swapped.every((hash) => held.has(hash))).toBe(false);
});

test("a needle that is only part of a term asks for nothing", () => {
  expect(needleHashes("mikatz", { start: false, end: false })).toEqual([]);
  expect(needleHashes("", { start: true, end: true })).toEqual([]);
  expect(needleHashes("--", { start: true, end: true })).toEqual([]);
});
