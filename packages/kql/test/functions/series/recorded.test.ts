import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import {
  seriesDecompose,
  seriesDecomposeAnomalies,
  seriesDecomposeForecast,
} from "../../../src/functions/series/decompose.ts";
import { fir } from "../../../src/functions/series/filters.ts";
import { seriesFitPoly } from "../../../src/functions/series/fitPoly.ts";
import { seriesOutliers } from "../../../src/functions/series/outliers.ts";

/* Examples with rand(): their answers hold the series that the emulator drew, so that each can be computed again. */
const folder = process.env.GOSHAWK_SHARED ?? fileURLToPath(new URL("../../../../../../shared/", import.meta.url));
const file = join(folder, "conformance", "emulator-docs.jsonl");
const there = existsSync(file);
if (!there) console.log("kql: no ../shared beside the repository, recorded series are skipped");

function recorded(id: string): Readonly<Record<string, string>> {
  const line = readFileSync(file, "utf8")
    .split("\n")
    .find((text) => text.includes(`"emu-docs/${id}"`));
  const { expected } = JSON.parse(line ?? "{}");
  return Object.fromEntries(expected.columns.map((name: string, at: number) => [name, expected.rows[0][at]]));
}

function agree(got: unknown, want: string | undefined): void {
  const wanted: readonly number[] = JSON.parse(want ?? "[]");
  expect(Array.isArray(got) && got.length).toBe(wanted.length);
  const values: readonly number[] = Array.isArray(got) ? got : [];
  for (const [at, value] of values.entries()) expect(value).toBeCloseTo(wanted[at] ?? Number.NaN, 9);
}

const columnsOf = (text: string | null): readonly unknown[] => JSON.parse(text ?? "[]");

test.skipIf(!there)("a season is the median of each phase, the trend the mean of the rest", () => {
  const row = recorded("series-decompose-function-00");
  const [baseline, seasonal, trend, residual] = columnsOf(seriesDecompose([row.y ?? ""]));
  agree(baseline, row.series_decompose_y_baseline);
  agree(seasonal, row.series_decompose_y_seasonal);
  agree(trend, row.series_decompose_y_trend);
  agree(residual, row.series_decompose_y_residual);
});

test.skipIf(!there).each([
  ["01", []],
  ["03", ["2.5", "-1", '"linefit"']],
] as const)("anomalies of example %s have the emulator's scores", (number, more) => {
  const row = recorded(`series-decompose-anomalies-function-${number}`);
  const [flags, scores, baseline] = columnsOf(seriesDecomposeAnomalies([row.y ?? "", ...more]));
  agree(Array.isArray(flags) && flags.map((flag) => flag * 10), row.series_decompose_anomalies_y_ad_flag);
  agree(scores, row.series_decompose_anomalies_y_ad_score);
  agree(baseline, row.series_decompose_anomalies_y_baseline);
});

test.skipIf(!there)("a forecast follows a line unless told otherwise, and learns nothing from its last points", () => {
  const row = recorded("series-decompose-forecast-function-00");
  agree(JSON.parse(seriesDecomposeForecast([row.y ?? "", "168"]) ?? "[]"), row.y_forcasted);
});

test.skipIf(!there)("outliers are measured in the emulator's unit", () => {
  const row = recorded("series-outliers-function-00");
  agree(JSON.parse(seriesOutliers([row.series ?? ""]) ?? "[]"), row.outliers);
});

test.skipIf(!there)("a polynomial of degree 5 fits as the emulator's", () => {
  const row = recorded("series-fit-poly-function-00");
  agree(columnsOf(seriesFitPoly([row.y ?? "", row.x ?? "", "5"]))[4], row.fy);
});

test.skipIf(!there)("a centered moving average keeps the peak in its place", () => {
  const row = recorded("series-fir-function-00");
  agree(JSON.parse(fir([row.val ?? "", "[1,1,1,1,1]"]) ?? "[]"), row["5h_MovingAvg"]);
  agree(JSON.parse(fir([row.val ?? "", "[1,1,1,1,1]", "true", "true"]) ?? "[]"), row["5h_MovingAvg_centered"]);
});
