import { arrayText } from "../../values/dynamicValue.ts";
import { allLong, plainNumbers, realsText, seriesOf, sum } from "./numbers.ts";

/** `series_fir(series, filter[, normalize[, center]])`: each element and those before it, weighted. */
export function fir([series, weights, normalize, center]: readonly string[]): string | null {
  const [values, filter] = [plainNumbers(series), plainNumbers(weights)];
  if (values === undefined || filter === undefined || filter.length === 0) return null;
  const negative = filter.some((weight) => weight < 0);
  const normalized = normalize === undefined || normalize === "null" ? !negative : normalize === "true";
  if (normalized && negative) return null;
  const shift = center === "true" ? Math.floor((filter.length - 1) / 2) : 0;
  const scale = normalized ? sum(filter) : 1;
  const found = values.map(
    (_, at) => sum(filter.map((weight, back) => weight * (values[at + shift - back] ?? 0))) / scale,
  );
  const whole = !normalized && allLong([...(seriesOf(series) ?? []), ...(seriesOf(weights) ?? [])]);
  return whole ? arrayText(found.map(String)) : realsText(found);
}

/** `series_iir(series, numerators, denominators)`: a recursive filter. */
export function iir([series, above, below]: readonly string[]): string | null {
  const [values, b, a] = [plainNumbers(series), plainNumbers(above), plainNumbers(below)];
  const first = a?.[0];
  if (values === undefined || b === undefined || a === undefined || first === undefined || first === 0) return null;
  const found: number[] = [];
  values.forEach((_, at) => {
    const fed = sum(b.map((weight, back) => weight * (values[at - back] ?? 0)));
    const recalled = sum(a.slice(1).map((weight, back) => weight * (found[at - back - 1] ?? 0)));
    found.push((fed - recalled) / first);
  });
  return realsText(found);
}
