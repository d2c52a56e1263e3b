import { quoteText } from "@goshawk/kql";
import { type ExportColumn, textSql } from "./columns.ts";

/** What a file of lines needs: SQL of its lines over `input`, and the first line, where it has one. */
export interface Lines {
  /** A query with one column. */
  readonly sql: string;
  readonly head?: string;
}

/** CSV of RFC 4180. Unless it is to be exact, texts that a spreadsheet would run get an apostrophe in front. */
export function csvLines(
  input: string,
  columns: readonly ExportColumn[],
  { exact }: { readonly exact: boolean },
): Lines {
  const texts = columns.map((column, place) => `${textSql(column)} as t${place}`);
  const tamed = columns.map((column, place) => {
    const tame = isText(column) && !exact;
    return `${tame ? `case when regexp_matches(t${place}, '^[=+@\\t\\r-]') then '''' || t${place} else t${place} end` : `t${place}`} as t${place}`;
  });
  const cells = columns.map(
    (column, place) => `coalesce(${isText(column) ? quotedSql(`t${place}`) : `t${place}`}, '')`,
  );
  const names = columns.map(({ name }) => quoted(exact || !/^[=+@\t\r-]/.test(name) ? name : `'${name}`));
  return {
    sql: `select ${cells.join(" || ',' || ")} || chr(13) from (select ${tamed.join(", ")} from (select ${texts.join(", ")} from (${input})))`,
    head: `${names.join(",")}\r`,
  };
}

function isText({ type }: ExportColumn): boolean {
  return type === "string" || type === "dynamic" || type === "guid";
}

function quotedSql(text: string): string {
  return `case when regexp_matches(${text}, '[",\\r\\n]') then '"' || replace(${text}, '"', '""') || '"' else ${text} end`;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One JSON object a line; numbers keep every digit, and dynamic values are JSON themselves. */
export function jsonLines(input: string, columns: readonly ExportColumn[]): Lines {
  const texts = columns.map((column, place) => `${textSql(column)} as t${place}`);
  const pairs = columns.map(
    ({ name, type }, place) =>
      `${quoteText(`${JSON.stringify(name)}:`)} || coalesce(${jsonSql(`t${place}`, type)}, 'null')`,
  );
  return { sql: `select '{' || ${pairs.join(" || ',' || ")} || '}' from (select ${texts.join(", ")} from (${input}))` };
}

function jsonSql(text: string, type: ExportColumn["type"]): string {
  switch (type) {
    case "bool":
    case "int":
    case "long":
      return text;
    case "real":
      return `case when ${text} in ('NaN', 'Infinity', '-Infinity') then '"' || ${text} || '"' else ${text} end`;
    case "dynamic":
      // Between the values a line end means nothing; inside of them JSON has none.
      return `translate(${text}, chr(10) || chr(13), '  ')`;
    case "string":
      return `cast(to_json(${text}) as varchar)`;
    case "datetime":
    case "decimal":
    case "guid":
    case "timespan":
      return `'"' || ${text} || '"'`;
  }
}
