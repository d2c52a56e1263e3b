import { allColumns } from "./build.ts";
import type { Item, Read, Rel } from "./rel.ts";
import type { Scalar } from "./scalar.ts";
import { isVolatile, substitute } from "./substitute.ts";
import { childrenOf, nodesIn } from "./walk.ts";

/** Which rows of one read a plan can make use of: those that meet every condition of one of `anyOf`. */
export interface NeededRows {
  readonly read: Read;
  /** Conditions over the read's own columns; an empty list of them needs every row. */
  readonly anyOf: readonly Conditions[];
}

/** All of them hold. */
type Conditions = readonly Scalar[];

/** A node that stands in more places of a plan than this is read whole. */
const MOST_PLACES = 128;

/** What filters above each read of a plan ask of its rows. Filters keep testing exactly; this is for reading less. */
export function neededRows(root: Rel): readonly NeededRows[] {
  const places = new Map<Rel, Conditions[]>([[root, [[]]]]);
  const found: NeededRows[] = [];
  for (const rel of nodesIn(root).toReversed()) {
    const anyOf = simplified(places.get(rel) ?? [[]]);
    if (rel.kind === "read") found.push({ read: rel, anyOf });
    for (const [child, conditions] of anyOf.flatMap((one) => handDown(rel, one))) {
      const known = places.get(child);
      if (known === undefined) places.set(child, [conditions]);
      else known.push(conditions);
    }
  }
  return found;
}

function simplified(anyOf: readonly Conditions[]): readonly Conditions[] {
  return anyOf.length > MOST_PLACES || anyOf.some((conditions) => conditions.length === 0) ? [[]] : anyOf;
}

type Handed = readonly [child: Rel, conditions: Conditions];

/** What is asked of a node, in terms of the nodes below it; of those in its expressions nothing is known. */
function handDown(rel: Rel, conditions: Conditions): readonly Handed[] {
  const inputs = toInputs(rel, conditions);
  const known = new Set(inputs.map(([child]) => child));
  return [...inputs, ...childrenOf(rel).flatMap((child): Handed[] => (known.has(child) ? [] : [[child, []]]))];
}

function toInputs(rel: Rel, conditions: Conditions): readonly Handed[] {
  switch (rel.kind) {
    case "filter":
      return [[rel.input, [...over(rel.input, conditions), ...conjuncts(rel.predicate)]]];
    case "sort":
    case "unnest":
      return [[rel.input, over(rel.input, conditions)]];
    case "project":
      return [[rel.input, through(rel.items, conditions)]];
    case "aggregate":
      return [[rel.input, rel.keys.length === 0 ? [] : through(rel.keys, conditions)]];
    case "union":
      return rel.inputs.map((input, index): Handed => [input, through(rel.sources[index] ?? [], conditions)]);
    case "join": {
      const sides = through(rel.items, conditions);
      const left: Handed = [rel.left, rel.join === "right" || rel.join === "full" ? [] : over(rel.left, sides)];
      const right: Handed = [rel.right, rel.join === "right" || rel.join === "inner" ? over(rel.right, sides) : []];
      return [left, right];
    }
    case "apply":
      return [
        [rel.input, over(rel.input, conditions)],
        [rel.query, []],
      ];
    case "read":
    case "values":
    case "limit":
    case "window":
    case "scan":
    case "iterate":
    case "last":
      return [];
  }
}

function conjuncts(predicate: Scalar): Conditions {
  if (predicate.kind === "call" && predicate.name === "and") return predicate.args.flatMap(conjuncts);
  return isVolatile(predicate) || holdsDecimals(predicate) ? [] : [predicate];
}

/** How many digits a decimal has depends on the whole query: a condition on its own may not be what it is in there. */
function holdsDecimals(expr: Scalar): boolean {
  if (expr.type === "decimal") return true;
  if (expr.kind === "inQuery") return holdsDecimals(expr.value);
  return expr.kind === "call" && expr.args.some(holdsDecimals);
}

/** Those that only need columns of a node. */
function over(rel: Rel, conditions: Conditions): Conditions {
  const columns = new Set(allColumns(rel).map((column) => column.id));
  return conditions.filter((condition) => substitute(condition, (of) => (columns.has(of.id) ? of : undefined)));
}

/** Conditions on computed columns, in terms of what they are computed from. */
function through(items: readonly Item[], conditions: Conditions): Conditions {
  const values = new Map(items.map((item) => [item.column.id, item] as const));
  return conditions.flatMap((condition) => {
    const found = substitute(condition, ({ id }) => {
      const item = values.get(id);
      return item?.value.type === item?.column.type ? item?.value : undefined;
    });
    return found === undefined ? [] : conjuncts(found);
  });
}
