import { bagText } from "../../values/dynamicValue.ts";
import { jsonReal } from "../../values/realText.ts";
import { fitLine, type Line, quality } from "./fit.ts";
import { plainNumbers, realsText, sum } from "./numbers.ts";

interface TwoLines {
  readonly split: number;
  readonly left: Line;
  readonly right: Line;
}

/** The split into two lines, each over two points at least, that leaves the least. */
function bestSplit(values: readonly number[]): TwoLines | undefined {
  let best: (TwoLines & { readonly left2: number }) | undefined;
  for (let split = 2; split <= values.length - 2; split++) {
    const [left, right] = [fitLine(values.slice(0, split)), fitLine(values.slice(split), split + 1)];
    const fit = [...left.fit, ...right.fit];
    const left2 = sum(values.map((value, at) => (value - (fit[at] ?? 0)) ** 2));
    if (best === undefined || left2 < best.left2) best = { split, left, right, left2 };
  }
  return best;
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
