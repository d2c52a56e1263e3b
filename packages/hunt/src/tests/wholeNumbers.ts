import { visit as visitJson } from "jsonc-parser";
import { type Document, isPair, isScalar, visit } from "yaml";

/** A whole number that a JavaScript number can't hold exactly, where it can't be kept as a text either. */
export interface Inexact {
  readonly offset: number;
  readonly written: string;
}

/** Keys above a cell of an event or of an expected row: `tests`, `events` and the table, or `expect` and `rows`; the column. */
const KEYS_OF_A_CELL = 4;

/** Keeps the digits of whole numbers beyond 2^53 as text, which columns of type long read; names those inside of a dynamic value. */
export function keepDigits(document: Document): readonly Inexact[] {
  const found: Inexact[] = [];
  visit(document, {
    Scalar: (_, node, path) => {
      const written = node.source ?? "";
      if (!isInexact(node.value, written)) return;
      const keys = path.filter((item) => isPair(item) && !(isScalar(item.key) && item.key === node)).length;
      if (keys === KEYS_OF_A_CELL) node.value = written;
      else if (keys > KEYS_OF_A_CELL) found.push({ offset: node.range?.[0] ?? 0, written });
    },
  });
  return found;
}

const LONG = /\d{16}/;

/** A text of JSON with such numbers in quotes where they are a cell; the first that is inside of another value. */
export function quotedDigits(text: string, cellDepth: number): string | Inexact {
  if (!LONG.test(text)) return text;
  const cells: { readonly offset: number; readonly end: number }[] = [];
  let nested: Inexact | undefined;
  visitJson(text, {
    onLiteralValue: (value: unknown, offset, length, _line, _column, pathSupplier) => {
      const written = text.slice(offset, offset + length);
      if (!isInexact(value, written)) return;
      if (pathSupplier().length === cellDepth) cells.push({ offset, end: offset + length });
      else nested ??= { offset, written };
    },
  });
  if (nested !== undefined) return nested;
  let made = "";
  let done = 0;
  for (const { offset, end } of cells) {
    made += `${text.slice(done, offset)}"${text.slice(offset, end)}"`;
    done = end;
  }
  return made + text.slice(done);
}

function isInexact(value: unknown, written: string): boolean {
  return typeof value === "number" && !Number.isSafeInteger(value) && /^[-+]?\d+$/.test(written);
}
