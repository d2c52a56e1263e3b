import type { SqlExpr } from "../../sql/ast.ts";
import {
  add,
  cases,
  constantText,
  divide,
  equal,
  multiply,
  nothing,
  once,
  real,
  subtract,
  text,
} from "../../sql/build.ts";
import { type UnitScale, unitTables } from "../../values/unitTables.ts";
import { type Example, type ScalarFunction, scalarFunction } from "../define.ts";

type Units = Readonly<Record<string, UnitScale>>;

/** A property of the unit that an argument names; null where it names none. */
function of(units: Units, name: SqlExpr, property: keyof UnitScale): SqlExpr {
  const constant = constantText(name);
  if (constant !== undefined) {
    const unit = Object.hasOwn(units, constant) ? units[constant] : undefined;
    return unit === undefined ? nothing("DOUBLE") : real(unit[property]);
  }
  return once(name, (wanted) =>
    cases(
      Object.entries(units).map(([key, unit]) => [equal(wanted, text(key)), real(unit[property])]),
      nothing("DOUBLE"),
    ),
  );
}

function converted(units: Units, value: SqlExpr, from: SqlExpr, to: SqlExpr): SqlExpr {
  const base = add(multiply(value, of(units, from, "scale")), of(units, from, "offset"));
  return divide(subtract(base, of(units, to, "offset")), of(units, to, "scale"));
}

const examples: Readonly<Record<string, Example>> = {
  angle: ["convert_angle(1.2, 'Degree', 'Arcminute')", "72.0"],
  force: ["convert_force(1.2, 'Newton', 'Decanewton')", "0.12"],
  length: ["isnull(convert_length(1.2, 'Meter', 'Ell'))", "true", "no such unit"],
  mass: ["round(convert_mass(1.2, 'Kilogram', 'Pound'), 12)", "2.645547146219"],
  speed: ["round(convert_speed(1.2, 'MeterPerSecond', 'CentimeterPerHour'), 6)", "432000.0"],
  temperature: ["round(convert_temperature(1.2, 'Kelvin', 'DegreeCelsius'), 9)", "-271.95", "not only a factor"],
  volume: ["round(convert_volume(1.2, 'CubicMeter', 'AcreFoot'), 12)", "0.000972856800"],
};

/** Values from one unit to another of the same quantity. */
export const unitConversions: readonly ScalarFunction[] = Object.entries(unitTables).map(([quantity, units]) =>
  scalarFunction({
    name: `convert_${quantity}`,
    summary: `A value in one unit of ${quantity} as a value in another; null for unknown units.`,
    approximate: "by the units' legal definitions; Kusto's own factors are rounded for a few of them",
    signature: `convert_${quantity}(value: real, from: string, to: string): real`,
    lower: { duckdb: (value, from, to) => converted(units, value, from, to) },
    examples: Object.entries(examples).flatMap(([of, example]) => (of === quantity ? [example] : [])),
  }),
);
