import { expect, test } from "vitest";
import { eachHash, PROBES, probe } from "../../src/index/termBytes.ts";
import { blockBits, turned } from "../../src/index/termFilter.ts";

const encoder = new TextEncoder();

test("the short last block of a file doesn't make its other blocks answer yes to every term", () => {
  const long = Array.from({ length: 20_000 }, (_, at) => `long${at}`).join("\0");
  const { positions, bytes } = turned([blockBits(encoder.encode(long)), blockBits(encoder.encode("short1"))]);
  const firstHas = (term: string): boolean => {
    let all = true;
    eachHash(encoder.encode(term), (hash) => {
      for (let number = 0; number < PROBES; number++) {
        const bit = probe(hash, number, positions) * 2;
        if (((bytes[Math.floor(bit / 8)] ?? 0) & (0x80 >>> (bit % 8))) === 0) all = false;
      }
    });
    return all;
  };
  expect(["long0", "long7777", "long19999"].map(firstHas)).toEqual([true, true, true]);
  const wrong = Array.from({ length: 1000 }, (_, at) => firstHas(`absent${at}`)).filter(Boolean).length;
  expect(wrong).toBeLessThan(50);
});
