import type { ForeignTime } from "@goshawk/engine/duckdb";
import { type KqlType, quoteIdentifier } from "@goshawk/kql";
import { convertSql } from "../ingest/convert.ts";
import { isHeldDecimal } from "../ingest/formats/parquet.ts";

/** A column of foreign files as queries see it. */
export interface ForeignColumn {
  readonly type: KqlType;
  /** SQL of its stored form. */
  readonly sql: string;
  /** How its times can be compared in the files' own terms. */
  readonly time?: Omit<ForeignTime, "physical">;
  readonly note?: string;
  /** SQL that is true for values that are not kept as they are, and what becomes of them. */
  readonly lost?: { readonly when: string; readonly what: string };
}

const TO_1970 = "621355968000000000";

/**
 * The stored form of a column whose DuckDB type is `native`, as its own Kusto type or as the one that the catalogue
 * wants; undefined where what it counts is not known.
 */
export function foreignColumn(name: string, native: string, wanted: KqlType | undefined): ForeignColumn | undefined {
  const column = quoteIdentifier(name);
  const own = ownColumn(column, native);
  if (wanted === undefined || wanted === own.type || isWhole(wanted, own.type))
    return { ...own, type: wanted ?? own.type };
  if (own.type === "string" && wanted !== "string")
    return {
      type: wanted,
      sql: convertSql(own.sql, wanted, { dayFirst: false, offsetTicks: 0n }),
      note: `is text in the files and read as ${wanted}; what is none is null`,
    };
  if (wanted === "string" && own.type !== "datetime" && own.type !== "timespan")
    return { type: wanted, sql: `coalesce(cast(${own.sql} as varchar), '')` };
  if (wanted === "datetime" || wanted === "timespan" || own.type === "datetime" || own.type === "timespan")
    return undefined;
  const text = `cast(${own.sql} as varchar)`;
  return {
    type: wanted,
    sql: convertSql(text, wanted, { dayFirst: false, offsetTicks: 0n }),
    note: `is ${native} in the files and read as ${wanted}; what does not fit is null`,
  };
}

function isWhole(a: KqlType, b: KqlType): boolean {
  return (a === "long" && b === "int") || (a === "int" && b === "int");
}

function ownColumn(column: string, native: string): ForeignColumn {
  switch (native) {
    case "BOOLEAN":
      return { type: "bool", sql: column };
    case "TINYINT":
    case "SMALLINT":
    case "INTEGER":
    case "UTINYINT":
    case "USMALLINT":
      return { type: "int", sql: `cast(${column} as bigint)` };
    case "UINTEGER":
    case "BIGINT":
      return { type: "long", sql: `cast(${column} as bigint)` };
    case "UBIGINT":
      return { type: "decimal", sql: `cast(${column} as decimal(38,18))` };
    case "FLOAT":
    case "DOUBLE":
      return { type: "real", sql: `cast(${column} as double)` };
    case "VARCHAR":
      return { type: "string", sql: `coalesce(${column}, '')` };
    case "UUID":
      return { type: "guid", sql: `lower(cast(${column} as varchar))` };
    case "JSON":
      return { type: "dynamic", sql: `nullif(cast(${column} as varchar), 'null')` };
    case "BLOB":
      return {
        type: "string",
        sql: `coalesce(try(decode(${column})), to_base64(${column}), '')`,
        note: "is binary in the files; what is no UTF-8 text is shown in base64",
      };
    case "DATE":
      return timed(column, "date", `cast(${column} as timestamp)`);
    case "TIMESTAMP":
    case "TIMESTAMP_S":
    case "TIMESTAMP_MS":
      return timed(column, "timestamp", `cast(${column} as timestamp)`);
    case "TIMESTAMP WITH TIME ZONE":
      return timed(column, "timestamptz", `make_timestamp(epoch_us(${column}))`);
    case "TIMESTAMP_NS":
      return {
        type: "datetime",
        sql: `(epoch_ns(${column}) - ((epoch_ns(${column}) % 100) + 100) % 100) // 100 + ${TO_1970}`,
        time: { native: column, type: "timestamp_ns" },
        lost: { when: `epoch_ns(${column}) % 100 <> 0`, what: "are finer than 100 nanoseconds, and cut off there" },
      };
    case "TIME":
      return { type: "timespan", sql: `epoch_us(${column}) * 10` };
    default:
      return otherColumn(column, native);
  }
}

function otherColumn(column: string, native: string): ForeignColumn {
  if (isHeldDecimal(native)) return { type: "decimal", sql: `cast(${column} as decimal(38,18))` };
  if (/^(STRUCT|MAP|UNION)\(|\]$/.test(native))
    return { type: "dynamic", sql: `nullif(cast(to_json(${column}) as varchar), 'null')` };
  const note = `is ${native} in the files, which no type of Kusto holds exactly; it is read as text`;
  return { type: "string", sql: `coalesce(cast(${column} as varchar), '')`, note };
}

/** Beyond the years that Kusto knows, and for infinite times, there is no datetime. */
function timed(column: string, type: ForeignTime["type"], timestamp: string): ForeignColumn {
  return {
    type: "datetime",
    sql: `case when year(${timestamp}) between 1 and 9999 then epoch_us(${timestamp}) * 10 + ${TO_1970} end`,
    time: { native: column, type },
    lost: {
      when: `${column} is not null and coalesce(year(${timestamp}) not between 1 and 9999, true)`,
      what: "are infinite or beyond the years 1 to 9999, and null here",
    },
  };
}
