import { formatDatetime } from "../../values/datetime.ts";
import { arrayText, isBag, plainText, uniquePairs } from "../../values/dynamicValue.ts";
import { elements } from "../../values/jsonText.ts";
import { jsonReal } from "../../values/realText.ts";
import { formatTimespan } from "../../values/timespan.ts";

/** Sorted values with their weights; exact for as long as there are few different values. */
export interface Digest {
  /** `real`, `datetime` or `timespan`; the latter two in ticks. */
  readonly type: string;
  readonly centroids: readonly (readonly [value: number, weight: number])[];
}

/** So many values of a digest are kept as they are; more are put together. */
const MOST = 2048;

/** The digest of a JSON array of values or of `[value, weight]` pairs. */
export function digestOf(json: string, type: string): Digest {
  const pairs = elements(json).map((item): readonly [number, number] => {
    const [value, weight] = item.startsWith("[") ? elements(item) : [item, "1"];
    return [Number(value), Number(weight)];
  });
  return { type, centroids: compressed(pairs) };
}

export function mergeDigests(digests: readonly Digest[]): Digest | undefined {
  const [first] = digests;
  if (first === undefined) return undefined;
  return { type: first.type, centroids: compressed(digests.flatMap((digest) => digest.centroids)) };
}

export function digestText({ type, centroids }: Digest): string {
  const items = centroids.map(([value, weight]) => `[${value},${weight}]`);
  return `{"sketch":"quantiles","type":${JSON.stringify(type)},"centroids":${arrayText(items)}}`;
}

export function readDigest(state: string): Digest | undefined {
  if (!isBag(state)) return undefined;
  const pairs = uniquePairs(state);
  if (plainText(pairs.get('"sketch"') ?? "") !== "quantiles") return undefined;
  const centroids = elements(pairs.get('"centroids"') ?? "[]").map((item): readonly [number, number] => {
    const [value, weight] = elements(item).map(Number);
    return [value ?? Number.NaN, weight ?? 0];
  });
  return { type: plainText(pairs.get('"type"') ?? '"real"'), centroids };
}

/** The value of the nearest rank, as JSON; null of nothing. */
export function valueAt(state: string, percent: number): string | null {
  const digest = readDigest(state);
  if (digest === undefined || !(percent >= 0 && percent <= 100)) return null;
  const total = digest.centroids.reduce((sum, [, weight]) => sum + weight, 0);
  let reached = 0;
  for (const [value, weight] of digest.centroids) {
    reached += weight;
    if (reached >= (total * percent) / 100) return valueText(digest.type, value);
  }
  return null;
}

function valueText(type: string, value: number): string {
  switch (type) {
    case "datetime":
      return JSON.stringify(formatDatetime(BigInt(Math.round(value))));
    case "timespan":
      return JSON.stringify(formatTimespan(BigInt(Math.round(value))));
    default:
      return jsonReal(value);
  }
}

function compressed(pairs: readonly (readonly [number, number])[]): Digest["centroids"] {
  const sorted = pairs.filter(([value, weight]) => Number.isFinite(value) && weight > 0).sort((a, b) => a[0] - b[0]);
  const merged: [number, number][] = [];
  for (const [value, weight] of sorted) {
    const last = merged.at(-1);
    if (last !== undefined && last[0] === value) last[1] += weight;
    else merged.push([value, weight]);
  }
  return merged.length <= MOST ? merged : together(merged);
}

/** Neighbours share a centroid; the ends, where percentiles are asked most precisely, get the smallest shares. */
function together(sorted: readonly (readonly [number, number])[]): Digest["centroids"] {
  const total = sorted.reduce((sum, [, weight]) => sum + weight, 0);
  const place = (share: number): number => (Math.asin(2 * share - 1) / Math.PI + 0.5) * MOST;
  const found: [number, number][] = [];
  let before = 0;
  let limit = 0;
  for (const [value, weight] of sorted) {
    const last = found.at(-1);
    if (last !== undefined && place(Math.min((before + weight) / total, 1)) <= limit) {
      last[0] += ((value - last[0]) * weight) / (last[1] + weight);
      last[1] += weight;
    } else {
      limit = Math.floor(place(Math.min(before / total, 1))) + 1;
      found.push([value, weight]);
    }
    before += weight;
  }
  return found;
}
