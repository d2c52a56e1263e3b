import {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  type DuckDBConnection,
  type DuckDBDataChunk,
  DuckDBScalarFunction,
  type DuckDBType,
  type DuckDBVector,
  VARCHAR,
} from "@duckdb/node-api";
import { type HostFunction, type HostValue, hostFunctions, InvariantError } from "@goshawk/kql";
import { compressionFunctions } from "./compression.ts";

const types: Readonly<Record<string, DuckDBType>> = { BIGINT, BOOLEAN, DOUBLE, VARCHAR };

function typeOf(name: string): DuckDBType {
  const type = types[name];
  if (type === undefined) throw new InvariantError(`host functions can't take or give ${name}`);
  return type;
}

/** Lends every host function to SQL, and `more`; they live as long as the database. */
export function registerHostFunctions(connection: DuckDBConnection, more: readonly HostFunction[] = []): void {
  for (const row of [...hostFunctions, ...compressionFunctions, ...more]) {
    connection.registerScalarFunction(
      DuckDBScalarFunction.create({
        name: row.name,
        parameterTypes: row.parameters.map(typeOf),
        returnType: typeOf(row.result),
        specialHandling: true,
        mainFunction: (_info, input, output) => runChunk(row, memo(row), input, output),
      }),
    );
  }
}

type Run = (args: readonly HostValue[]) => HostValue;

/** Log columns repeat themselves: an answer is remembered for as long as few different ones were asked for. */
const REMEMBERED = 4096;
/** Longer texts are computed anew, so that memory stays bounded. */
const LONGEST_REMEMBERED = 1024;
const memories = new WeakMap<HostFunction, Map<HostValue, HostValue>>();

function memo(row: HostFunction): Run {
  if (row.parameters.length !== 1) return (args) => row.run(...args);
  let memory = memories.get(row);
  if (memory === undefined) {
    memory = new Map();
    memories.set(row, memory);
  }
  const known = memory;
  return (args) => {
    const [arg = null] = args;
    // A map takes 0 and -0 for one key, but their texts differ.
    if ((typeof arg === "string" && arg.length > LONGEST_REMEMBERED) || Object.is(arg, -0)) return row.run(arg);
    const found = known.get(arg);
    if (found !== undefined) return found;
    const made = row.run(arg);
    if (known.size >= REMEMBERED) known.clear();
    known.set(arg, made);
    return made;
  };
}

function runChunk(row: HostFunction, run: Run, input: DuckDBDataChunk, output: DuckDBVector): void {
  const vectors = row.parameters.map((_, index) => input.getColumnVector(index));
  for (let at = 0; at < input.rowCount; at++) {
    const args = vectors.map((vector) => vector.getItem(at) as HostValue);
    const skip = !row.seesNulls && args.includes(null);
    output.setItem(at, skip ? null : run(args));
  }
  output.flush();
}
