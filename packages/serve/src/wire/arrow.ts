import { setImmediate } from "node:timers/promises";
import type { Cell } from "@goshawk/engine";
import { type ColumnSchema, type KqlType, parseDatetime, parseTimespan, UNIX_EPOCH_TICKS } from "@goshawk/kql";
import {
  Bool,
  type Data,
  type DataType,
  DurationNanosecond,
  Field,
  Float64,
  Int32,
  Int64,
  makeData,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  TimestampNanosecond,
  Utf8,
  vectorFromArray,
} from "apache-arrow";
import { ServeError } from "../http/serveError.ts";
import { distinctNames } from "./cells.ts";

type Column = readonly Cell[];

/** Arrow's type of each of Kusto's; what Arrow can't hold exactly is text. */
function arrowType(type: KqlType): DataType {
  switch (type) {
    case "bool":
      return new Bool();
    case "int":
      return new Int32();
    case "long":
      return new Int64();
    case "real":
      return new Float64();
    case "datetime":
      return new TimestampNanosecond("UTC");
    case "timespan":
      return new DurationNanosecond();
    case "string":
    case "guid":
    case "decimal":
    case "dynamic":
      return new Utf8();
  }
}

/** Rows as a stream of Arrow's IPC format; a field's metadata `kql` names Kusto's type. */
export async function* arrowBody(
  columns: readonly ColumnSchema[],
  batches: AsyncIterable<readonly (readonly Cell[])[]>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const names = distinctNames(columns.map((column) => column.name));
  const fields = columns.map(
    ({ type }, at) => new Field(names[at] ?? "", arrowType(type), true, new Map([["kql", type]])),
  );
  const schema = new Schema(fields);
  const writer = new RecordBatchStreamWriter();
  const sink = writer[Symbol.asyncIterator]();
  writer.reset(undefined, schema);
  let pending = sink.next();
  // The writer keeps whatever is written, so that the next batch waits until the last one is taken.
  async function* written(): AsyncGenerator<Uint8Array, void, undefined> {
    for (;;) {
      const next = await Promise.race([pending, setImmediate()]);
      if (next === undefined || next.done === true) return;
      yield next.value;
      pending = sink.next();
    }
  }
  try {
    for await (const rows of batches) {
      writer.write(batchOf(rows, columns, schema));
      yield* written();
    }
    writer.finish();
    yield* written();
  } finally {
    writer.abort();
  }
}

function batchOf(rows: readonly (readonly Cell[])[], columns: readonly ColumnSchema[], schema: Schema): RecordBatch {
  const children = columns.map(({ type }, at) =>
    columnData(
      rows.map((row) => row[at] ?? null),
      type,
    ),
  );
  const data = makeData({ type: new Struct(schema.fields), length: rows.length, nullCount: 0, children });
  return new RecordBatch(schema, data);
}

function columnData(cells: Column, type: KqlType): Data {
  const length = cells.length;
  const { nullBitmap, nullCount } = nullsOf(cells);
  const common = { length, nullCount, nullBitmap };
  switch (type) {
    case "bool": {
      const data = new Uint8Array(Math.ceil(length / 8));
      for (const [at, cell] of cells.entries()) if (cell === "true") setBit(data, at);
      return makeData({ type: new Bool(), data, ...common });
    }
    case "int":
      return makeData({ type: new Int32(), data: Int32Array.from(cells, (cell) => Number(cell ?? 0)), ...common });
    case "long":
      return makeData({ type: new Int64(), data: BigInt64Array.from(cells, (cell) => BigInt(cell ?? 0)), ...common });
    case "real":
      return makeData({ type: new Float64(), data: Float64Array.from(cells, (cell) => Number(cell ?? 0)), ...common });
    case "datetime": {
      const data = BigInt64Array.from(cells, (cell) =>
        cell === null ? 0n : nanoseconds(cell, parseDatetime(cell), UNIX_EPOCH_TICKS),
      );
      return makeData({ type: new TimestampNanosecond("UTC"), data, ...common });
    }
    case "timespan": {
      const data = BigInt64Array.from(cells, (cell) =>
        cell === null ? 0n : nanoseconds(cell, parseTimespan(cell), 0n),
      );
      return makeData({ type: new DurationNanosecond(), data, ...common });
    }
    case "string":
    case "guid":
    case "decimal":
    case "dynamic": {
      const [data] = vectorFromArray(cells, new Utf8()).data;
      if (data === undefined) return makeData({ type: new Utf8(), length: 0, nullCount: 0 });
      return data;
    }
  }
}

/** 64 bits of nanoseconds hold the years 1678 to 2262. */
function nanoseconds(cell: string, ticks: bigint | undefined, epoch: bigint): bigint {
  const value = ((ticks ?? 0n) - epoch) * 100n;
  if (ticks !== undefined && value === BigInt.asIntN(64, value)) return value;
  throw new ServeError(400, "NotInArrow", `Arrow's nanoseconds can't hold ${cell}; ask for JSON or CSV.`);
}

function nullsOf(cells: Column): { readonly nullBitmap: Uint8Array; readonly nullCount: number } {
  const nullBitmap = new Uint8Array(Math.ceil(cells.length / 8));
  let nullCount = 0;
  for (const [at, cell] of cells.entries()) {
    if (cell === null) nullCount++;
    else setBit(nullBitmap, at);
  }
  return { nullBitmap, nullCount };
}

function setBit(bits: Uint8Array, at: number): void {
  bits[at >> 3] = (bits[at >> 3] ?? 0) | (1 << (at & 7));
}
