import { type Html, html, type Part } from "./html.ts";

/** A column of a table: a number (`n`), a time (`t`), what the row is about (`e`), or text. */
export interface TableColumn {
  readonly name: string;
  readonly kind?: "n" | "t" | "e";
}

/** Rows under their headings; each cell names its column, too, for screens too narrow for a table. */
export function tableOf(columns: readonly TableColumn[], rows: readonly (readonly Part[])[]): Html {
  const heads = columns.map(({ name, kind }) => html`<th class="${kind ?? "x"}">${name}</th>`);
  const cells = (row: readonly Part[]): readonly Html[] =>
    columns.map(({ name, kind }, index) => html`<td class="${kind ?? "x"}" data-of="${name}">${row[index] ?? ""}</td>`);
  return html`<table><thead><tr>${heads}</tr></thead><tbody>${rows.map((row) => html`<tr>${cells(row)}</tr>`)}</tbody></table>`;
}
