import { list, spelled, type Tree } from "../tree.ts";
import { type Columns, chance, type Grammar } from "./grammar.ts";
import { declareLets, prelude } from "./lets.ts";
import { columnOperators } from "./operators/columns.ts";
import type { RandomOperator } from "./operators/define.ts";
import { dynamicOperators } from "./operators/dynamics.ts";
import { endings } from "./operators/endings.ts";
import { graphOperators } from "./operators/graphs.ts";
import { rowOperators } from "./operators/rows.ts";
import { severalOperators } from "./operators/several.ts";
import { source } from "./sources.ts";

const operators = [...columnOperators, ...rowOperators, ...dynamicOperators, ...severalOperators, ...graphOperators];

/** A random query that Microsoft's binder takes. */
export interface RandomQuery {
  /** The let statements before it. */
  readonly lets: Tree;
  readonly tree: Tree;
  readonly columns: Columns;
  /** The order of its rows is determined, but for equal ones. */
  readonly ordered: boolean;
  /** What in it has no single answer; empty where laws can compare its rows. */
  readonly vague: readonly string[];
}

const TRIES = 4;
/** Of a hundred queries. */
const ENDINGS = 12;

/** A pipeline of up to `most` operators. */
export function randomQuery(grammar: Grammar, most: number): RandomQuery | undefined {
  declareLets(grammar);
  const lets = prelude(grammar.lets);
  const start = source(grammar);
  const columns = knownColumns(grammar, start) ?? grammar.columnsOf(start);
  if (columns === undefined) return undefined;
  let query: RandomQuery = { lets, tree: list([start], "\n| "), columns, ordered: false, vague: [] };
  const count = 1 + grammar.random.below(most);
  for (let step = 0; step < count && query.columns.length > 0; step++) query = longer(grammar, query);
  if (chance(grammar, ENDINGS)) query = ended(grammar, query);
  return { ...query, vague: [...grammar.vague] };
}

/** The columns of a table or of what a let statement gives, which the binder need not be asked for. */
function knownColumns({ tables, lets }: Grammar, start: Tree): Columns | undefined {
  if (typeof start === "string" || start.kind !== "table")
    return lets.tables.find(({ tree }) => tree === start)?.columns;
  return tables.find(({ name }) => name === start.name)?.columns;
}

/** With an operator at its end whose columns only the rows tell. */
function ended(grammar: Grammar, query: RandomQuery): RandomQuery {
  const operator = chosen(grammar, endings);
  const made = operator.make(grammar, query.columns);
  if (made === undefined || typeof query.tree === "string" || query.tree.kind !== "list") return query;
  const tree: Tree = { ...query.tree, items: [...query.tree.items, made] };
  if (!grammar.isTaken(tree)) return query;
  if (operator.vague === true) grammar.vague.add("operator");
  return { ...query, tree, columns: [], ordered: false };
}

function longer(grammar: Grammar, query: RandomQuery): RandomQuery {
  for (let tries = 0; tries < TRIES; tries++) {
    const operator = chosen(grammar, operators);
    const made = operator.make(grammar, query.columns);
    if (made === undefined || typeof query.tree === "string" || query.tree.kind !== "list") continue;
    const tree: Tree = { ...query.tree, items: [...query.tree.items, made] };
    const columns = grammar.columnsOf(list([emptyTable(query.columns), made], "\n| "));
    if (columns === undefined) continue;
    if (operator.vague === true) grammar.vague.add("operator");
    const ordered = operator.order === "makes" || (operator.order === "keeps" && query.ordered);
    return { ...query, tree, columns, ordered };
  }
  return query;
}

/** The operator before, as its columns alone: to bind all of the query again would take long. */
function emptyTable(columns: Columns): Tree {
  return `datatable(${columns.map(({ name, type }) => `${spelled(name)}: ${type}`).join(", ")})[]`;
}

function chosen(grammar: Grammar, from: readonly RandomOperator[]): RandomOperator {
  const allowed = from.filter(({ vague }) => !(grammar.exact && vague === true));
  const total = allowed.reduce((sum, { weight }) => sum + weight, 0);
  let left = grammar.random.below(total);
  for (const operator of allowed) {
    left -= operator.weight;
    if (left < 0) return operator;
  }
  throw new Error("no operator to choose from");
}
