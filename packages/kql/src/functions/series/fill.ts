import { arrayText, identity } from "../../values/dynamicValue.ts";
import { jsonReal } from "../../values/realText.ts";
import { allLong, elementNumber, seriesOf } from "./numbers.ts";

/** Whether an element is missing: it equals the placeholder, which is null unless given. */
function missingTest(placeholder: string | undefined): (text: string) => boolean {
  if (placeholder === undefined || placeholder === "null") return (text) => text === "null";
  const wanted = identity(placeholder);
  return (text) => identity(text) === wanted;
}

export function fillForward([series, placeholder]: readonly string[]): string | null {
  const texts = seriesOf(series);
  return texts === undefined ? null : arrayText(carried(texts, missingTest(placeholder)));
}

export function fillBackward([series, placeholder]: readonly string[]): string | null {
  const texts = seriesOf(series);
  return texts === undefined ? null : arrayText(carried(texts.toReversed(), missingTest(placeholder)).toReversed());
}

function carried(texts: readonly string[], missing: (text: string) => boolean): string[] {
  let last: string | undefined;
  return texts.map((text) => {
    if (!missing(text)) last = text;
    return missing(text) ? (last ?? text) : text;
  });
}

export function fillConst([series, constant = "0.0", placeholder]: readonly string[]): string | null {
  const texts = seriesOf(series);
  const missing = missingTest(placeholder);
  return texts === undefined ? null : arrayText(texts.map((text) => (missing(text) ? constant : text)));
}

/** A straight line over each gap; series of longs stay such, cut toward zero. */
export function fillLinear([series, placeholder, edges, constant = "0.0"]: readonly string[]): string | null {
  const texts = seriesOf(series);
  if (texts === undefined) return null;
  const missing = missingTest(placeholder);
  if (texts.every(missing)) return arrayText(texts.map(() => constant));
  const whole = allLong(texts);
  const filled = texts.map((text, at) => (missing(text) ? (between(texts, at, missing, whole) ?? text) : text));
  if (edges === "false") return arrayText(filled);
  const isGap = (_: string, at: number): boolean => missing(texts[at] ?? "");
  const first = texts.find((text) => !missing(text)) ?? "null";
  const last = texts.findLast((text) => !missing(text)) ?? "null";
  const start = texts.findIndex((text) => !missing(text));
  const end = texts.findLastIndex((text) => !missing(text));
  return arrayText(
    filled.map((text, at) => (isGap(text, at) && at < start ? first : isGap(text, at) && at > end ? last : text)),
  );
}

function between(
  texts: readonly string[],
  at: number,
  missing: (text: string) => boolean,
  whole: boolean,
): string | undefined {
  const before = texts.findLastIndex((text, index) => index < at && !missing(text));
  const after = texts.findIndex((text, index) => index > at && !missing(text));
  const [low, high] = [elementNumber(texts[before] ?? ""), elementNumber(texts[after] ?? "")];
  if (before < 0 || after < 0 || low === undefined || high === undefined) return undefined;
  const value = low + ((high - low) * (at - before)) / (after - before);
  return whole ? String(Math.trunc(value)) : jsonReal(value);
}
