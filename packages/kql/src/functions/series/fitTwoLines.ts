import { bagText } from "../../values/dynamicValue.ts";
import { jsonReal } from "../../values/realText.ts";
import { fitLine, type Line, quality } from "./fit.ts";
import { plainNumbers, realsText } from "./numbers.ts";

interface TwoLines {
  readonly split: number;
  readonly left: Line;
  readonly right: Line;
}

/** The split into two lines, each over two points at least, that leaves the least. */
function bestSplit(values: readonly number[]): TwoLines | undefined {
  const [before, after] = [leftOver(values), leftOver(values.toReversed())];
  let split: number | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (let at = 2; at <= values.length - 2; at++) {
    const left = (before[at] ?? 0) + (after[values.length - at] ?? 0);
    if (left < least) [split, least] = [at, left];
  }
  if (split === undefined) return undefined;
  return { split, left: fitLine(values.slice(0, split)), right: fitLine(values.slice(split), split + 1) };
}

/** For each number of points from the start, what the best line through them leaves. */
function leftOver(values: readonly number[]): readonly number[] {
  const found = [0];
  let [meanX, meanY, xx, xy, yy] = [0, 0, 0, 0, 0];
  values.forEach((value, at) => {
    const [dx, dy] = [at - meanX, value - meanY];
    meanX += dx / (at + 1);
    meanY += dy / (at + 1);
    xx += dx * (at - meanX);
    xy += dx * (value - meanY);
    yy += dy * (value - meanY);
    found.push(xx === 0 ? yy : Math.max(0, yy - (xy * xy) / xx));
  });
  return found;
}

/** Name and text of each result, in the order of the columns of `series_fit_2lines()`. */
function resultsOf(series: string | undefined): readonly (readonly [string, string])[] | undefined {
  const values = plainNumbers(series);
  const found = values === undefined ? undefined : bestSplit(values);
  if (values === undefined || found === undefined) return undefined;
  const fit = [...found.left.fit, ...found.right.fit];
  const whole = quality(values, fit);
  return [
    ["rsquare", jsonReal(whole.rsquare)],
    ["split_idx", String(found.split)],
    ["variance", jsonReal(whole.variance)],
    ["rvariance", jsonReal(whole.rvariance)],
    ["line_fit", realsText(fit)],
    ...sideOf("right", found.right),
    ...sideOf("left", found.left),
  ];
}

function sideOf(side: string, line: Line): readonly (readonly [string, string])[] {
  return [
    [`${side}_rsquare`, jsonReal(line.rsquare)],
    [`${side}_slope`, jsonReal(line.slope)],
    [`${side}_interception`, jsonReal(line.interception)],
    [`${side}_variance`, jsonReal(line.variance)],
    [`${side}_rvariance`, jsonReal(line.rvariance)],
  ];
}

export function seriesFitTwoLines([series]: readonly string[]): string | null {
  const results = resultsOf(series);
  return results === undefined ? null : `[${results.map(([, text]) => text).join(",")}]`;
}

export function seriesFitTwoLinesDynamic([series]: readonly string[]): string | null {
  const results = resultsOf(series);
  return results === undefined ? null : bagText(results.map(([name, text]) => [JSON.stringify(name), text] as const));
}
