import type { ColumnSchema } from "@goshawk/kql";
import { list, type Tree, whole } from "../../tree.ts";
import { type Columns, chance, columnTree, type Grammar, isKey, oneOf } from "../grammar.ts";
import { scalar } from "../scalar.ts";
import { shortPipeline } from "../subquery.ts";
import type { RandomOperator } from "./define.ts";

const kinds = ["inner", "leftouter", "rightouter", "fullouter", "leftanti", "rightanti", "leftsemi", "rightsemi"];

function joined(grammar: Grammar, columns: Columns, keyword: string, kind: string): Tree | undefined {
  const right = shortPipeline(grammar);
  if (right === undefined) return undefined;
  const pairs = columns
    .filter(isKey)
    .flatMap((left) => right.columns.filter(({ type }) => type === left.type).map((other) => [left, other] as const));
  const pair = oneOf(grammar, pairs);
  if (pair === undefined) return undefined;
  return whole([`${keyword} kind=${kind} (`, right.tree, ") on ", condition(...pair)]);
}

function condition(left: ColumnSchema, right: ColumnSchema): Tree {
  if (left.name === right.name) return columnTree(left);
  return whole(["$left.", columnTree(left), " == $right.", columnTree(right)]);
}

function partitioned(grammar: Grammar, columns: Columns): Tree | undefined {
  const key = oneOf(
    grammar,
    columns.filter(({ type }) => type === "string" || type === "long"),
  );
  if (key === undefined) return undefined;
  const inner = whole(["where ", scalar(grammar, columns, "bool", 2), " | summarize count() by ", columnTree(key)]);
  return whole([
    `partition hint.strategy=${oneOf(grammar, ["native", "legacy"])} by `,
    columnTree(key),
    " (",
    inner,
    ")",
  ]);
}

/** Operators over more tables than one. */
export const severalOperators: readonly RandomOperator[] = [
  {
    order: "loses",
    weight: 8,
    make: (grammar, columns) => joined(grammar, columns, "join", oneOf(grammar, kinds) ?? "inner"),
  },
  {
    order: "loses",
    weight: 2,
    vague: true,
    make: (grammar, columns) => joined(grammar, columns, "join", "innerunique"),
  },
  {
    order: "loses",
    weight: 3,
    make: (grammar, columns) => joined(grammar, columns, "lookup", oneOf(grammar, ["inner", "leftouter"]) ?? "inner"),
  },
  {
    order: "loses",
    weight: 6,
    make: (grammar) => {
      const others = [shortPipeline(grammar), chance(grammar, 30) ? shortPipeline(grammar) : undefined];
      const trees = others.flatMap((other) => (other === undefined ? [] : [whole(["(", other.tree, ")"])]));
      const kind = oneOf(grammar, ["", "", "kind=outer ", "withsource=Source_ "]);
      return trees.length === 0 ? undefined : whole([`union ${kind}`, list(trees, ", ")]);
    },
  },
  { order: "loses", weight: 3, make: partitioned },
  {
    order: "keeps",
    weight: 4,
    make: (grammar, columns) => {
      const other = shortPipeline(grammar);
      const right = other?.columns.filter(({ type }) => type === "string" || type === "long");
      const column = right === undefined ? undefined : oneOf(grammar, right);
      if (other === undefined || column === undefined) return undefined;
      const left = scalar(grammar, columns, column.type, 1);
      const name = oneOf(grammar, column.type === "string" ? ["in", "!in", "in~"] : ["in", "!in"]);
      return whole(["where ", left, ` ${name} ((`, other.tree, "\n| project ", columnTree(column), "))"]);
    },
  },
  {
    order: "keeps",
    weight: 3,
    make: (grammar) => {
      const other = shortPipeline(grammar);
      const column = other === undefined ? undefined : oneOf(grammar, other.columns.filter(isKey));
      if (other === undefined || column === undefined) return undefined;
      const name = grammar.fresh("t");
      return whole([`extend ${name} = toscalar(`, other.tree, "\n| summarize max(", columnTree(column), "))"]);
    },
  },
];
