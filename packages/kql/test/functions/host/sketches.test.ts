import { expect, test } from "vitest";
import type { HostValue } from "../../../src/functions/host/define.ts";
import { hostFunctions } from "../../../src/functions/host/index.ts";

function run(name: string, ...args: readonly HostValue[]): HostValue {
  const found = hostFunctions.find((item) => item.name === `goshawk_${name}`);
  return found === undefined ? null : found.run(...args);
}

test("a digest of many values keeps few and stays within a percent of a rank", () => {
  const values = Array.from({ length: 100_000 }, (_, at) => (at * 7919) % 100_000);
  const state = String(run("tdigest", JSON.stringify(values), "real"));
  expect(state.length).toBeLessThan(100_000);
  for (const percent of [1, 25, 50, 75, 99])
    expect(Math.abs(Number(run("percentile_tdigest", state, percent)) - percent * 1000)).toBeLessThan(1000);
});

test("digests of halves merge to the digest of the whole", () => {
  const [low, high] = ["[1,2,3,4,5,6,7,8,9,10]", "[11,12,13,14,15,16,17,18,19,20]"];
  const merged = run("tdigest_merge", `[${run("tdigest", low, "real")},${run("tdigest", high, "real")}]`);
  expect(run("percentile_tdigest", merged, 100)).toBe("20.0");
  expect(run("rank_tdigest", merged, 15)).toBe(15);
});

test("what is no state of ours gives null, not a number", () => {
  expect(run("dcount_hll", "[[1024,14],[1,2],[1]]")).toBeNull();
  expect(run("percentile_tdigest", '{"a":1}', 50)).toBeNull();
});
