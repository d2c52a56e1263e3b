import { parse } from "csv-parse/sync";

/** Records of text separated by `delimiter`. Rows may be of any length; empty lines are none. */
export function delimitedRecords(
  text: string,
  delimiter: string,
  options: { readonly quotes: boolean } = { quotes: true },
): readonly (readonly string[])[] {
  return parse(text, {
    bom: true,
    delimiter,
    quote: options.quotes ? '"' : false,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
  });
}

/** Lines, empty ones left out. */
export function lineRecords(text: string): readonly (readonly string[])[] {
  return text
    .replace(/^\ufeff/, "")
    .split(/\r?\n/)
    .filter((line) => line !== "")
    .map((line) => [line]);
}
