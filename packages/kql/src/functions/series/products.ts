import { pairsOf } from "./elementwise.ts";
import { elementNumber, mean, plainNumbers, seriesOf, sum } from "./numbers.ts";

/** The numbers of a series; other elements are left out. */
function numbersOf(json: string | undefined): readonly number[] | undefined {
  return seriesOf(json)
    ?.map(elementNumber)
    .filter((value) => value !== undefined);
}

export function seriesSum([series]: readonly string[]): number | null {
  const values = numbersOf(series);
  return values === undefined ? null : sum(values);
}

export function seriesProduct([series]: readonly string[]): number | null {
  const values = numbersOf(series);
  return values === undefined ? null : values.reduce((product, value) => product * value, 1);
}

export function magnitude([series]: readonly string[]): number | null {
  const values = numbersOf(series);
  return values === undefined ? null : Math.sqrt(sum(values.map((value) => value * value)));
}

/** The longer series is cut to the shorter; pairs with an element that is no number are left out; null of nothing. */
function commonPairs(args: readonly string[]): readonly (readonly [number, number])[] | undefined {
  const lengths = args.slice(0, 2).flatMap((arg) => seriesOf(arg)?.length ?? []);
  const pairs = pairsOf(args);
  if (pairs === undefined || lengths.includes(0)) return undefined;
  return pairs.slice(0, Math.min(...lengths)).flatMap(([a, b]) => {
    const [x, y] = [elementNumber(a), elementNumber(b)];
    return x === undefined || y === undefined ? [] : [[x, y] as const];
  });
}

export function dotProduct(args: readonly string[]): number | null {
  const pairs = commonPairs(args);
  return pairs === undefined ? null : sum(pairs.map(([a, b]) => a * b));
}

/** Magnitudes that the caller knows already come as the third and fourth argument. */
export function cosineSimilarity(args: readonly string[]): number | null {
  const pairs = commonPairs(args);
  if (pairs === undefined) return null;
  const [first, second] = [args[2], args[3]].map((arg) => (arg === undefined ? undefined : elementNumber(arg)));
  const left = first ?? Math.sqrt(sum(pairs.map(([a]) => a * a)));
  const right = second ?? Math.sqrt(sum(pairs.map(([, b]) => b * b)));
  return sum(pairs.map(([a, b]) => a * b)) / (left * right);
}

export function pearsonCorrelation([first, second]: readonly string[]): number | null {
  const [a, b] = [plainNumbers(first), plainNumbers(second)];
  if (a === undefined || b === undefined || a.length !== b.length || a.length === 0) return null;
  const [meanA, meanB] = [mean(a), mean(b)];
  const common = sum(a.map((value, at) => (value - meanA) * ((b[at] ?? 0) - meanB)));
  const spreadA = sum(a.map((value) => (value - meanA) ** 2));
  const spreadB = sum(b.map((value) => (value - meanB) ** 2));
  return common / Math.sqrt(spreadA * spreadB);
}
