import { list, type Tree, whole } from "../tree.ts";
import { type Columns, columnTree } from "./grammar.ts";

/** Sort keys that leave no ties but of equal rows. */
export function everyKey(columns: Columns): Tree {
  return list(
    columns.map((column) =>
      column.type === "dynamic"
        ? whole(["tostring(", columnTree(column), "), gettype(", columnTree(column), ")"])
        : columnTree(column),
    ),
    ", ",
    columns.length,
  );
}
