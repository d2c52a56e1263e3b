import { type KqlType, quoteIdentifier } from "@goshawk/kql";

/** A column of an answer: what it is called in the file, and its SQL. */
export interface ExportColumn {
  readonly name: string;
  readonly type: KqlType;
  /** SQL of its stored form. */
  readonly sql: string;
}

/** The columns of a query's answer, whose SQL calls them by place. */
export function exportColumns(
  columns: readonly { readonly name: string; readonly type: KqlType }[],
): readonly ExportColumn[] {
  return columns.map(({ name, type }, place) => ({ name, type, sql: quoteIdentifier(placeName(place)) }));
}

export function placeName(place: number): string {
  return `e${place}`;
}

const TICKS_TO_1970 = "621355968000000000";

/** Microseconds since 1970, which DuckDB's times count. */
export function microsecondsSql(ticks: string): string {
  return `(${ticks} - ${TICKS_TO_1970}) // 10`;
}

/** SQL of a value's text, as Kusto writes it; null where there is none. */
export function textSql({ sql, type }: ExportColumn): string {
  switch (type) {
    case "datetime":
      // Ticks count from year 1, so that whole division never meets a negative number.
      return `strftime(make_timestamp(${sql} // 10 - 62135596800000000), '%Y-%m-%dT%H:%M:%S.%f') || (${sql} % 10) || 'Z'`;
    case "timespan":
      return timespanSql(sql);
    case "real":
      return `case when isnan(${sql}) then 'NaN' when isinf(${sql}) then case when ${sql} > 0 then 'Infinity' else '-Infinity' end else cast(${sql} as varchar) end`;
    case "decimal":
      return `regexp_replace(cast(${sql} as varchar), '[.]?0+$', '')`;
    case "string":
    case "guid":
    case "dynamic":
      return sql;
    case "bool":
    case "int":
    case "long":
      return `cast(${sql} as varchar)`;
  }
}

/** `[-][d.]hh:mm:ss[.fffffff]` */
function timespanSql(ticks: string): string {
  const size = `abs(cast(${ticks} as hugeint))`;
  const part = (per: string, of: string): string => `lpad(cast((${size} // ${per}) % ${of} as varchar), 2, '0')`;
  const days = `${size} // 864000000000`;
  const fraction = `${size} % 10000000`;
  return [
    `case when ${ticks} < 0 then '-' else '' end`,
    `case when ${days} = 0 then '' else (${days}) || '.' end`,
    part("36000000000", "24"),
    "':'",
    part("600000000", "60"),
    "':'",
    part("10000000", "60"),
    `case when ${fraction} = 0 then '' else '.' || lpad(cast(${fraction} as varchar), 7, '0') end`,
  ].join(" || ");
}
