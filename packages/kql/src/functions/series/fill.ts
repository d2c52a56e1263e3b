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
  const [before, after] = [lastKnown(texts, missing), lastKnown(texts.toReversed(), missing).toReversed()];
  const last = texts.length - 1;
  return arrayText(
    texts.map((text, at) => {
      if (!missing(text)) return text;
      const [from, to] = [before[at], after[at] === undefined ? undefined : last - after[at]];
      if (from !== undefined && to !== undefined) return between(texts, at, from, to, whole) ?? text;
      return edges === "false" ? text : (texts[from ?? to ?? at] ?? text);
    }),
  );
}

/** For each place the last place up to it that is not missing. */
function lastKnown(texts: readonly string[], missing: (text: string) => boolean): (number | undefined)[] {
  let last: number | undefined;
  return texts.map((text, at) => {
    if (!missing(text)) last = at;
    return last;
  });
}

function between(texts: readonly string[], at: number, from: number, to: number, whole: boolean): string | undefined {
  const [low, high] = [elementNumber(texts[from] ?? ""), elementNumber(texts[to] ?? "")];
  if (low === undefined || high === undefined) return undefined;
  const value = low + ((high - low) * (at - from)) / (to - from);
  return whole ? String(Math.trunc(value)) : jsonReal(value);
}
