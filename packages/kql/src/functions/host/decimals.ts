import { decimalBin, decimalModulo, decimalOver, decimalTimes } from "../../values/decimal.ts";
import { type HostFunction, hostFunction } from "./define.ts";

const row = (name: HostFunction["name"], run: (a: string, b: string) => string | undefined): HostFunction =>
  hostFunction(name, ["VARCHAR", "VARCHAR"], "VARCHAR", (a, b) => run(String(a), String(b)) ?? null);

/** Arithmetic of decimals, which travel as text. */
export const decimals: readonly HostFunction[] = [
  row("goshawk_decimal_times", decimalTimes),
  row("goshawk_decimal_over", decimalOver),
  row("goshawk_decimal_modulo", decimalModulo),
  row("goshawk_decimal_bin", decimalBin),
];
