import { betaCdf, betaInv, betaPdf, welchTest } from "../../values/distributions.ts";
import { erf, erfc } from "../../values/gamma.ts";
import { type HostFunction, hostFunction } from "./define.ts";

const one = (name: HostFunction["name"], run: (x: number) => number): HostFunction =>
  hostFunction(name, ["DOUBLE"], "DOUBLE", (x) => run(Number(x)));

const three = (
  name: HostFunction["name"],
  run: (x: number, alpha: number, beta: number) => number | undefined,
): HostFunction =>
  hostFunction(
    name,
    ["DOUBLE", "DOUBLE", "DOUBLE"],
    "DOUBLE",
    (x, alpha, beta) => run(Number(x), Number(alpha), Number(beta)) ?? null,
  );

/** Distributions and special functions, which SQL does not have. */
export const statistics: readonly HostFunction[] = [
  three("goshawk_beta_cdf", betaCdf),
  three("goshawk_beta_inv", betaInv),
  three("goshawk_beta_pdf", betaPdf),
  hostFunction(
    "goshawk_welch_test",
    ["DOUBLE", "DOUBLE", "DOUBLE", "DOUBLE", "DOUBLE", "DOUBLE"],
    "DOUBLE",
    (mean1, variance1, count1, mean2, variance2, count2) =>
      welchTest(Number(mean1), Number(variance1), Number(count1), Number(mean2), Number(variance2), Number(count2)),
  ),
  one("goshawk_erf", erf),
  one("goshawk_erfc", erfc),
];
