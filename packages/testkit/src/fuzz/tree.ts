/** A piece of KQL that a shrinker can make smaller. */
export type Tree = string | Whole | List | TableName | ColumnName;

/** Pieces in a row, and other trees that could stand in their place. */
interface Whole {
  readonly kind: "whole";
  readonly parts: readonly Tree[];
  readonly simpler: readonly Tree[];
}

/** Items of which at least `least` must stay. */
export interface List {
  readonly kind: "list";
  readonly items: readonly Tree[];
  readonly separator: string;
  readonly least: number;
}

/** A stored table, by a name that a law may replace. */
interface TableName {
  readonly kind: "table";
  readonly name: string;
}

/** A column of the input, which a law may replace by its value. */
interface ColumnName {
  readonly kind: "column";
  readonly name: string;
}

export function whole(parts: readonly Tree[], simpler: readonly Tree[] = []): Tree {
  return { kind: "whole", parts, simpler };
}

export function list(items: readonly Tree[], separator: string, least = 1): List {
  return { kind: "list", items, separator, least };
}

export const tableName = (name: string): Tree => ({ kind: "table", name });
export const columnName = (name: string): Tree => ({ kind: "column", name });

/** How the names in a tree are written. */
export interface Spelling {
  readonly table: (name: string) => string;
  readonly column: (name: string) => string;
}

export const plainly: Spelling = { table: (name) => name, column: spelled };

/** A name as KQL writes it: in brackets where it is no plain word, or might be a keyword. */
export function spelled(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) && !/^(?:[a-z]{2,})$/.test(name) ? name : `['${name.replaceAll("'", "\\'")}']`;
}

/** The KQL that a tree stands for. */
export function textOf(tree: Tree, spelling: Spelling = plainly): string {
  if (typeof tree === "string") return tree;
  switch (tree.kind) {
    case "whole":
      return tree.parts.map((part) => textOf(part, spelling)).join("");
    case "list":
      return tree.items.map((item) => textOf(item, spelling)).join(tree.separator);
    case "table":
      return spelling.table(tree.name);
    case "column":
      return spelling.column(tree.name);
  }
}
