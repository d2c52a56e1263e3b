import { arrayText, isBag, jsonNumber, plainText, uniquePairs } from "../../values/dynamicValue.ts";
import { elements } from "../../values/jsonText.ts";
import { type HostFunction, hostFunction, packedFunction } from "./define.ts";
import { digestOf, digestText, mergeDigests, readDigest, valueAt } from "./digest.ts";

/**
 * States of `hll()` and `tdigest()`. They are Goshawk's own and not those of a cluster: the smallest hashes of the
 * values, which count exactly up to their number and estimate beyond it; and the sorted values with their weights.
 */
export const sketches: readonly HostFunction[] = [
  packedFunction("goshawk_hll_merge", "VARCHAR", mergedHashes),
  hostFunction("goshawk_dcount_hll", ["VARCHAR"], "BIGINT", (state) => distinct(String(state))),
  hostFunction("goshawk_tdigest", ["VARCHAR", "VARCHAR"], "VARCHAR", (pairs, type) =>
    digestText(digestOf(String(pairs), String(type))),
  ),
  packedFunction("goshawk_tdigest_merge", "VARCHAR", (states) => {
    const merged = mergeDigests(states.map(readDigest).filter((state) => state !== undefined));
    return merged === undefined ? null : digestText(merged);
  }),
  hostFunction("goshawk_percentile_tdigest", ["VARCHAR", "DOUBLE"], "VARCHAR", (state, percent) =>
    valueAt(String(state), Number(percent)),
  ),
  hostFunction("goshawk_percentiles_tdigest", ["VARCHAR", "VARCHAR"], "VARCHAR", (state, percents) =>
    arrayText(
      elements(String(percents)).map((percent) => valueAt(String(state), jsonNumber(percent) ?? Number.NaN) ?? "null"),
    ),
  ),
  hostFunction("goshawk_rank_tdigest", ["VARCHAR", "DOUBLE"], "DOUBLE", (state, value) => {
    const digest = readDigest(String(state));
    return digest === undefined ? null : rank(digest.centroids, Number(value));
  }),
  hostFunction("goshawk_percentrank_tdigest", ["VARCHAR", "DOUBLE"], "DOUBLE", (state, value) => {
    const digest = readDigest(String(state));
    if (digest === undefined) return null;
    const total = rank(digest.centroids, Number.POSITIVE_INFINITY);
    return total === 0 ? null : (100 * rank(digest.centroids, Number(value))) / total;
  }),
];

function rank(centroids: readonly (readonly [value: number, weight: number])[], value: number): number {
  return centroids.reduce((sum, [at, weight]) => (at <= value ? sum + weight : sum), 0);
}

interface Hashes {
  readonly size: number;
  readonly hashes: readonly bigint[];
}

function readHashes(state: string): Hashes | undefined {
  if (!isBag(state)) return undefined;
  const pairs = uniquePairs(state);
  if (plainText(pairs.get('"sketch"') ?? "") !== "smallest hashes") return undefined;
  const size = Number(pairs.get('"size"'));
  const hashes = elements(pairs.get('"hashes"') ?? "[]").filter((text) => /^\d{1,20}$/.test(text));
  return Number.isSafeInteger(size) && size > 0 ? { size, hashes: hashes.map(BigInt) } : undefined;
}

function mergedHashes(states: readonly string[]): string | null {
  const read = states.map(readHashes).filter((state) => state !== undefined);
  if (read.length === 0) return null;
  const size = read.reduce((least, state) => Math.min(least, state.size), Number.MAX_SAFE_INTEGER);
  const all = [...new Set(read.flatMap((state) => state.hashes))].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return `{"sketch":"smallest hashes","size":${size},"hashes":${arrayText(all.slice(0, size).map(String))}}`;
}

/** Fewer hashes than there is room for: their number. Else an estimate from how close together they lie. */
function distinct(state: string): bigint | null {
  const read = readHashes(state);
  if (read === undefined) return null;
  const { size, hashes } = read;
  const last = hashes[size - 1];
  if (last === undefined || last === 0n) return BigInt(hashes.length);
  return BigInt(Math.round((size - 1) / (Number(last) / 2 ** 64)));
}
