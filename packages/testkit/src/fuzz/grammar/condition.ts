import type { Random } from "../../rows/random.ts";
import { textOf } from "../tree.ts";
import type { Columns, Grammar } from "./grammar.ts";
import { noLets } from "./lets.ts";
import { scalar } from "./scalar.ts";

/** A condition over columns, with one answer for each row. */
export function conditionOver(columns: Columns, random: Random): string {
  return textOf(scalar(scalarGrammar(random), columns, "bool", 3));
}

/** What makes expressions alone. */
export function scalarGrammar(random: Random): Grammar {
  return {
    random,
    exact: true,
    vague: new Set(),
    tables: [],
    lets: noLets(),
    due: [],
    fresh: (prefix) => prefix,
    isTaken: () => false,
    columnsOf: () => undefined,
  };
}
