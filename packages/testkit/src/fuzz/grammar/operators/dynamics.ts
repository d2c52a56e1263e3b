import { type Tree, whole } from "../../tree.ts";
import { type Columns, chance, columnTree, type Grammar, oneOf } from "../grammar.ts";
import { scalar } from "../scalar.ts";
import type { RandomOperator } from "./define.ts";

const patterns: readonly string[] = [
  `* "a" FIRST: string " " REST`,
  "FIRST: long * REST",
  `"C:" FIRST ":" REST: int`,
  `kind = regex @"\\w+\\W" FIRST: string @"\\." REST`,
  `kind = relaxed * " " FIRST: long "." REST: real`,
];

function parsed(grammar: Grammar, columns: Columns, keyword: string): Tree {
  const pattern = oneOf(grammar, patterns) ?? "";
  const kind = /^kind = \w+ /.exec(pattern)?.[0] ?? "";
  const rest = pattern.slice(kind.length).replace("FIRST", grammar.fresh("p")).replace("REST", grammar.fresh("p"));
  return whole([`${keyword} ${kind}`, scalar(grammar, columns, "string", 1), ` with ${rest}`]);
}

function expansion(grammar: Grammar, columns: Columns): Tree | undefined {
  const bags = columns.filter(({ type }) => type === "dynamic");
  const bag = oneOf(grammar, bags);
  if (bag === undefined || chance(grammar, 20))
    return whole([`${grammar.fresh("e")} = `, scalar(grammar, columns, "dynamic", 2)]);
  const type = oneOf(grammar, [
    "",
    "",
    " to typeof(string)",
    " to typeof(long)",
    " to typeof(real)",
    " to typeof(datetime)",
  ]);
  return whole([columnTree(bag), type ?? ""]);
}

/** Operators on dynamic values and on texts. */
export const dynamicOperators: readonly RandomOperator[] = [
  {
    order: "loses",
    weight: 8,
    make: (grammar, columns) => {
      const expanded = expansion(grammar, columns);
      const options = oneOf(grammar, ["", "", "kind=array ", "with_itemindex=at ", "bagexpansion=array "]) ?? "";
      return expanded === undefined ? undefined : whole([`mv-expand ${options}`, expanded]);
    },
  },
  {
    order: "loses",
    weight: 3,
    make: (grammar, columns) => {
      const bag = oneOf(
        grammar,
        columns.filter(({ type }) => type === "dynamic"),
      );
      if (bag === undefined) return undefined;
      const name = grammar.fresh("v");
      return whole([
        `mv-apply ${name} = `,
        columnTree(bag),
        " on (where ",
        scalar(grammar, [{ name, type: "dynamic" }, ...columns], "bool", 2),
        chance(grammar, 50) ? ` | summarize ${grammar.fresh("c")} = count())` : ")",
      ]);
    },
  },
  { order: "loses", weight: 4, make: (grammar, columns) => parsed(grammar, columns, "parse") },
  { order: "loses", weight: 2, make: (grammar, columns) => parsed(grammar, columns, "parse-where") },
  {
    order: "loses",
    weight: 2,
    make: (grammar, columns) =>
      whole([
        "parse-kv ",
        columnTree(
          oneOf(
            grammar,
            columns.filter(({ type }) => type === "string"),
          ) ?? { name: "Name", type: "string" },
        ),
        ` as (${grammar.fresh("q")}: string, ${grammar.fresh("q")}: long) with (pair_delimiter=" ", kv_delimiter="=")`,
      ]),
  },
];
