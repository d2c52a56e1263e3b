import { arrayText, jsonInteger } from "../../values/dynamicValue.ts";
import { jsonReal } from "../../values/realText.ts";
import { allLong, elementNumber, realsText, seriesOf } from "./numbers.ts";

/** An operation on pairs of numbers; of longs it gives a long where it has a meaning for them. */
export interface PairOperation {
  readonly real: (a: number, b: number) => number;
  readonly long?: (a: bigint, b: bigint) => bigint;
}

/** Element by element over two series, or a series and a number; what is no number or missing gives null. */
export function pairwise(args: readonly string[], operation: PairOperation): string | null {
  const pairs = pairsOf(args);
  if (pairs === undefined) return null;
  const { long } = operation;
  const whole = long !== undefined && allLong(pairs.flat());
  return arrayText(
    pairs.map(([a, b]) => {
      if (whole) return longResult(long, a, b);
      const [x, y] = [elementNumber(a), elementNumber(b)];
      return x === undefined || y === undefined ? "null" : jsonReal(operation.real(x, y));
    }),
  );
}

function longResult(operation: (a: bigint, b: bigint) => bigint, a: string, b: string): string {
  const [x, y] = [jsonInteger(a), jsonInteger(b)];
  return x === undefined || y === undefined ? "null" : String(BigInt.asIntN(64, operation(x, y)));
}

/** Comparisons element by element. */
export function compared(args: readonly string[], test: (a: number, b: number) => boolean): string | null {
  const pairs = pairsOf(args);
  if (pairs === undefined) return null;
  return arrayText(
    pairs.map(([a, b]) => {
      const [x, y] = [elementNumber(a), elementNumber(b)];
      return x === undefined || y === undefined ? "null" : String(test(x, y));
    }),
  );
}

/** The elements side by side; a number stands beside every element of a series. */
export function pairsOf(args: readonly string[]): readonly (readonly [string, string])[] | undefined {
  const [first = "null", second = "null"] = args;
  const [a, b] = [seriesOf(first), seriesOf(second)];
  if (a === undefined && b === undefined) return undefined;
  const length = Math.max(a?.length ?? 0, b?.length ?? 0);
  return Array.from({ length }, (_, at) => [
    a === undefined ? first : (a[at] ?? "null"),
    b === undefined ? second : (b[at] ?? "null"),
  ]);
}

/** A function of each element as a real. */
export function mapped(args: readonly string[], apply: (value: number) => number): string | null {
  const texts = seriesOf(args[0]);
  if (texts === undefined) return null;
  return realsText(
    texts.map((text) => {
      const value = elementNumber(text);
      return value === undefined ? undefined : apply(value);
    }),
  );
}

/** As `mapped`, but series of longs stay such. */
export function mappedKeepingLongs(args: readonly string[], apply: (value: number) => number): string | null {
  const texts = seriesOf(args[0]);
  if (texts === undefined || !allLong(texts)) return mapped(args, apply);
  return arrayText(
    texts.map((text) => {
      const value = jsonInteger(text);
      return value === undefined ? "null" : wholeText(value, apply);
    }),
  );
}

function wholeText(value: bigint, apply: (value: number) => number): string {
  const size = Number(value);
  return Number.isSafeInteger(size) ? String(apply(size)).replace(/^-0$/, "0") : String(value < 0n ? -value : value);
}
