import type { Random } from "./random.ts";

/** Draws ranks 0 to `size` - 1 so that rank r comes about 1 / (r + 1)^exponent as often as rank 0. */
export function createZipf(size: number, exponent: number): (random: Random) => number {
  const upTo = new Float64Array(size);
  let sum = 0;
  for (let rank = 0; rank < size; rank++) {
    sum += 1 / (rank + 1) ** exponent;
    upTo[rank] = sum;
  }
  return (random) => firstAbove(upTo, random.fraction() * sum);
}

/** The index of the first number in an ascending list that is above `value`. */
export function firstAbove(ascending: Float64Array, value: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
