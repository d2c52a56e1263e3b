import { arrayText, isArray } from "../../values/dynamicValue.ts";
import { elements } from "../../values/jsonText.ts";
import { jsonReal } from "../../values/realText.ts";

/** A series as its elements' JSON texts; undefined where there is no array. */
export function seriesOf(json: string | undefined): readonly string[] | undefined {
  return json !== undefined && isArray(json) ? elements(json) : undefined;
}

const named: ReadonlyMap<string, number> = new Map([
  ['"NaN"', Number.NaN],
  ['"Infinity"', Number.POSITIVE_INFINITY],
  ['"-Infinity"', Number.NEGATIVE_INFINITY],
]);

/** The number that an element writes; undefined for nulls and everything else. */
export function elementNumber(text: string): number | undefined {
  if (/^-?\d/.test(text)) return Number(text);
  return named.get(text);
}

/** The numbers of a series, or undefined where an element is none. */
export function plainNumbers(json: string | undefined): readonly number[] | undefined {
  const found = seriesOf(json)?.map(elementNumber);
  return found?.every((value) => value !== undefined) === true ? found : undefined;
}

/** Whether every number of a series is whole and written so; nulls don't count. */
export function allLong(texts: readonly string[]): boolean {
  return texts.every((text) => !/^-?\d/.test(text) || /^-?\d+$/.test(text)) && !texts.some((text) => named.has(text));
}

/** A series of reals in JSON. */
export function realsText(values: Iterable<number | undefined>): string {
  return arrayText([...values].map((value) => (value === undefined ? "null" : jsonReal(value))));
}

/** Whole numbers in JSON. */
export function longsText(values: Iterable<number>): string {
  return arrayText([...values].map(String));
}

/** A constant argument's number; undefined where it is left out or null. */
export function numberArgument(text: string | undefined): number | undefined {
  return text === undefined ? undefined : elementNumber(text);
}

export function sum(values: readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

export function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

/** The sum of the squares of what is left after taking the mean away. */
export function spread(values: readonly number[]): number {
  const middle = mean(values);
  return sum(values.map((value) => (value - middle) ** 2));
}

export function median(values: readonly number[]): number {
  return quantile(sorted(values), 0.5);
}

export function sorted(values: readonly number[]): readonly number[] {
  return [...values].sort((a, b) => a - b);
}

/** A quantile of sorted values, between neighbours in proportion. */
export function quantile(ordered: readonly number[], share: number): number {
  const place = (ordered.length - 1) * share;
  const low = ordered[Math.floor(place)] ?? Number.NaN;
  const high = ordered[Math.ceil(place)] ?? low;
  return low + (high - low) * (place - Math.floor(place));
}
