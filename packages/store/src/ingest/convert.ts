import { type KqlType, quoteText } from "@goshawk/kql";

/**
 * SQL that turns the text in `field` (SQL for a VARCHAR, NULL where the source has nothing) into the stored form of a
 * Kusto type, or NULL where it doesn't convert. Nothing here can fail.
 */
export function convertSql(field: string, type: KqlType, options: ConvertOptions): string {
  switch (type) {
    case "string":
      return `coalesce(${field}, '')`;
    case "long":
      return `try_cast(${wholeSql(field)} as BIGINT)`;
    case "int":
      return `cast(try_cast(${wholeSql(field)} as INTEGER) as BIGINT)`;
    case "real":
      return `case when ${isKeptByReal(field)} then try_cast(${field} as DOUBLE) end`;
    case "decimal":
      return `case when ${isKeptByDecimal(field)} then try_cast(${field} as DECIMAL(38,18)) end`;
    case "bool":
      return `case lower(${field}) when 'true' then true when '1' then true when '1.0' then true when 'false' then false when '0' then false when '0.0' then false end`;
    case "datetime":
      return datetimeSql(field, options);
    case "timespan":
      return `goshawk_timespan(${field})`;
    case "guid":
      return `lower(cast(try_cast(${field} as UUID) as VARCHAR))`;
    case "dynamic":
      return `nullif(case when json_valid(${field}) and not ${isNoNumber(field)} then cast(json(${field}) as VARCHAR) else cast(to_json(${field}) as VARCHAR) end, 'null')`;
  }
}

/** Digits; data frames write whole numbers as `443.0` where some are missing. */
function wholeSql(field: string): string {
  return `case when regexp_full_match(${field}, '[-+]?[0-9]+') then ${field} when regexp_full_match(${field}, '[-+]?[0-9]+[.]0+') then split_part(${field}, '.', 1) end`;
}

/** An integer that a double would change stays text, and so does what only the engine calls a number: `1_000`. */
function isKeptByReal(field: string): string {
  const exact = `try_cast(${field} as HUGEINT) = try_cast(try_cast(${field} as DOUBLE) as HUGEINT)`;
  return `not contains(${field}, '_') and case when length(${field}) > 15 and regexp_full_match(${field}, '[-+]?[0-9]+') then coalesce(${exact}, false) else true end`;
}

/** Eighteen digits behind the point are kept; what has more is not rounded. */
function isKeptByDecimal(field: string): string {
  const digits = `not regexp_matches(${field}, '_|[.][0-9]{18}[0-9]*[1-9]')`;
  const small = `not regexp_matches(${field}, '[eE]-') or cast(try_cast(${field} as DECIMAL(38,18)) as DOUBLE) = try_cast(${field} as DOUBLE)`;
  return `${digits} and coalesce(${small}, false)`;
}

/** The engine takes these for JSON, which has no such numbers. */
function isNoNumber(field: string): string {
  return `(length(${field}) < 10 and lower(trim(${field})) in ('nan', '-nan', 'inf', '-inf', 'infinity', '-infinity'))`;
}

export interface ConvertOptions {
  /** Numeric dates are day first. */
  readonly dayFirst: boolean;
  /** Added to times that carry no zone, in ticks. */
  readonly offsetTicks: bigint;
}

/** What stands for nothing in an export, by type. */
export function isNothingSql(field: string, type: KqlType): string {
  if (type === "string") return "true";
  const blank = `${field} is null or trim(${field}) = ''`;
  return type === "datetime" ? `(${blank} or ${field} = 'Invalid date')` : `(${blank})`;
}

/** ISO times, with a fraction or without, are read by the engine, all other forms one by one. */
function datetimeSql(field: string, options: ConvertOptions): string {
  const unix = "621355968000000000";
  const rest = `substr(${field}, 20)`;
  const base = `epoch_us(try_cast(substr(${field}, 1, 19) as TIMESTAMP)) * 10 + ${unix}`;
  const fraction = `coalesce(try_cast(rpad(substr(rtrim(${rest}, 'Z'), 2, 7), 7, '0') as BIGINT), 0)`;
  const isIso = `${field}[5] = '-' and regexp_full_match(${rest}, '([.][0-9]{1,9})?Z?')`;
  const swapped = options.dayFirst
    ? `regexp_replace(${field}, ${quoteText("^(\\d{1,2})([/.-])(\\d{1,2})([/.-])")}, ${quoteText("\\3\\2\\1\\4")})`
    : field;
  const local =
    options.offsetTicks === 0n
      ? ""
      : ` - case when regexp_matches(${field}, ${quoteText("(?i)(Z|UTC|GMT|[-+]\\d\\d:?\\d\\d)$")}) then 0 else ${options.offsetTicks} end`;
  return `coalesce(case when ${isIso} then ${base} + ${fraction} end, goshawk_datetime(${swapped}))${local}`;
}
