import { InvariantError } from "../../diagnostics/diagnostic.ts";
import type { SqlExpr, SqlType } from "../../sql/ast.ts";
import { call, cast } from "../../sql/build.ts";
import type { KqlType } from "../../values/type.ts";
import { type Example, type ScalarFunction, scalarFunction } from "../define.ts";
import { type HostFunction, type HostValue, hostFunction } from "../host/define.ts";
import { parseSignature } from "../signature.ts";

/** A function of geometry: how it is called, and what it computes from arguments that are not null. */
export interface GeoRow {
  readonly signature: string;
  readonly summary: string;
  /** What stands for arguments that a call leaves out, the last ones first in line. */
  readonly defaults?: readonly SqlExpr[];
  readonly approximate?: string;
  readonly examples?: readonly Example[];
  readonly run: (...args: readonly HostValue[]) => HostValue | undefined;
}

export interface GeoFunction {
  readonly scalar: ScalarFunction;
  readonly host: HostFunction;
}

const hostTypes: Readonly<Partial<Record<KqlType, SqlType>>> = {
  real: "DOUBLE",
  long: "BIGINT",
  int: "BIGINT",
  string: "VARCHAR",
  dynamic: "VARCHAR",
  bool: "BOOLEAN",
};

function hostType(type: string, signature: string): SqlType {
  const found = hostTypes[type as KqlType];
  if (found === undefined) throw new InvariantError(`no host type for ${type} in ${signature}`);
  return found;
}

/** The libraries of geometry throw at shapes that they can't take. */
function attempt(row: GeoRow, args: readonly HostValue[]): HostValue {
  try {
    return row.run(...args) ?? null;
  } catch {
    return null;
  }
}

const asResult = (value: HostValue, type: SqlType): HostValue =>
  type === "BIGINT" && typeof value === "number" ? BigInt(value) : value;

/** Declares the function once for the registry and for the engine. */
export function geoFunction(row: GeoRow): GeoFunction {
  const { parameters, result } = parseSignature(row.signature);
  const name = row.signature.slice(0, row.signature.indexOf("("));
  const types = parameters.map((parameter) => hostType(parameter.type, row.signature));
  const given = hostType(result, row.signature);
  const host = hostFunction(`goshawk_${name}`, types, given, (...args) => asResult(attempt(row, args), given));
  const missing = row.defaults ?? [];
  const scalar = scalarFunction({
    name,
    summary: row.summary,
    signature: row.signature,
    lower: {
      duckdb: (...args) => {
        const given = args.filter((arg) => arg !== undefined);
        const added = given.length === types.length ? [] : missing.slice(given.length - types.length);
        return call(host.name, ...[...given, ...added].map((arg, index) => cast(arg, types[index] ?? "VARCHAR")));
      },
    },
    ...(row.approximate === undefined ? {} : { approximate: row.approximate }),
    ...(row.examples === undefined ? {} : { examples: row.examples }),
  });
  return { scalar, host };
}
