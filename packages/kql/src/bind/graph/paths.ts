import { aggregate, project } from "../../ir/build.ts";
import type { Column } from "../../ir/column.ts";
import type { Graph, Item, Iterate, Last, Rel } from "../../ir/rel.ts";
import { columnRef, literal, type Scalar } from "../../ir/scalar.ts";
import { aggregateCall, call } from "../call.ts";
import type { BindContext } from "../context.ts";
import { nodeRows } from "./degrees.ts";
import type { Gathered, PathPart } from "./parts.ts";
import { allRows, joined, where } from "./rows.ts";

/** `all`: nothing is asked; `unique_edges`: no edge twice; `none`: no node twice. */
export type Cycles = "all" | "unique_edges" | "none";

export interface Growth {
  readonly graph: Graph;
  readonly cycles: Cycles;
  /** Whether paths grow from the node on their left. */
  readonly fromLeft: boolean;
  /** Of paths of one length between the same nodes, one is enough. */
  readonly onePerPair: boolean;
  readonly context: BindContext;
}

/** The paths that begin at the nodes whose numbers stand in `starts`, under the columns of `path`. */
export function pathRows(path: PathPart, starts: Rel, start: Column, growth: Growth): Rel {
  const { context } = growth;
  const at = starts.origin;
  const seeds = aggregate(
    starts,
    [{ column: context.newColumn("$start", "long", false), value: columnRef(start) }],
    [],
    at,
  );
  const columns = shape(path).map((column) => context.newColumn(column.name, column.type, false));
  const first = round(path, seeds, undefined, growth);
  const last = lastRound(columns, at, context);
  const growing = where(last, [call("<", [columnRef(nth(last, 2)), long(path.max)], at)]);
  const next = round(path, growing, last, growth);
  const step = growth.onePerPair ? oneAPair(next, context) : next;
  const grown: Iterate = { kind: "iterate", seed: first, step, columns, hidden: [], ordering: [], origin: at };
  const wanted = where(grown, [call(">=", [columnRef(nth(grown, 2)), long(path.min)], at)]);
  const all = path.min > 0 ? wanted : allRows([wanted, standing(path, seeds, context)], context);
  const ends = growth.fromLeft ? [path.left, path.right] : [path.right, path.left];
  const targets = [...ends, ...shape(path).slice(2)];
  const items = targets.map((column, index): Item => ({ column, value: columnRef(nth(all, index)) }));
  return project(all, items, at);
}

/** Start, end, length, edges, nodes, and what is gathered. */
function shape(path: PathPart): readonly Column[] {
  return [path.left, path.right, path.length, path.edges, path.nodes, ...path.gathered.map((item) => item.column)];
}

const nth = (rel: Rel, index: number): Column => rel.columns[index] as Column;
const long = (value: number): Scalar => literal("long", BigInt(value));

function lastRound(columns: readonly Column[], origin: Rel["origin"], context: BindContext): Last {
  return {
    kind: "last",
    iteration: columns[0]?.id ?? 0,
    iterated: columns.map((column) => column.id),
    all: false,
    columns: columns.map((column) => context.newColumn(column.name, column.type, column.nullable)),
    hidden: [],
    ordering: [],
    origin,
  };
}

/** Paths of one edge where there is no `before`, else the paths before with one edge more. */
function round(path: PathPart, rows: Rel, before: Last | undefined, growth: Growth): Rel {
  const { edge, inner } = path;
  const at = rows.origin;
  const [near, far] = growth.fromLeft ? [edge.left, edge.right] : [edge.right, edge.left];
  const edges = where(edge.rel, path.eachEdge);
  const usesInner = before !== undefined && (path.eachInner.length > 0 || path.gathered.some(isInner));
  const nodes = where(nodeRows(inner, growth.graph, growth.context), path.eachInner);
  const steps = usesInner ? joined(edges, nodes, [[near, inner.id]]) : edges;
  const end = nth(rows, before === undefined ? 0 : 1);
  const met = where(joined(rows, steps, [[end, near]]), allowed(path, rows, far, before, growth.cycles));
  const old = (index: number): Scalar => columnRef(nth(rows, index));
  const values: Scalar[] = [
    old(0),
    columnRef(far),
    before === undefined ? long(1) : call("+", [old(2), long(1)], at),
    listed(before === undefined ? undefined : old(3), edge.id, at),
    listed(before === undefined ? undefined : old(4), far, at),
    ...path.gathered.map((item, index) =>
      gatheredValue(item, before === undefined ? undefined : old(5 + index), growth.fromLeft, at),
    ),
  ];
  const targets = shape(path).map((column) => growth.context.newColumn(column.name, column.type, column.nullable));
  return project(
    met,
    targets.map((column, index): Item => ({ column, value: values[index] as Scalar })),
    at,
  );
}

const isInner = (item: Gathered): boolean => item.over === "inner nodes";

function allowed(path: PathPart, rows: Rel, far: Column, before: Last | undefined, cycles: Cycles): readonly Scalar[] {
  const at = rows.origin;
  if (cycles === "all") return [];
  const start = call("!=", [columnRef(far), columnRef(nth(rows, 0))], at);
  if (before === undefined) return cycles === "none" ? [start] : [];
  if (cycles === "none") return [start, notListed(columnRef(nth(rows, 4)), far, at)];
  return [notListed(columnRef(nth(rows, 3)), path.edge.id, at)];
}

/** `,1,2,` and one number more. */
function listed(before: Scalar | undefined, id: Column, at: Rel["origin"]): Scalar {
  const comma = literal("string", ",");
  return call("strcat", [before ?? comma, call("tostring", [columnRef(id)], at), comma], at);
}

export function notListed(list: Scalar, id: Column, at: Rel["origin"]): Scalar {
  return call("!contains_cs", [list, listed(undefined, id, at)], at);
}

function gatheredValue(item: Gathered, before: Scalar | undefined, fromLeft: boolean, at: Rel["origin"]): Scalar {
  const none = before === undefined && isInner(item);
  if (item.how === "list") {
    const empty = literal("dynamic", "[]");
    const own = none ? empty : call("pack_array", [item.value], at);
    if (before === undefined) return own;
    return call("array_concat", fromLeft ? [before, own] : [own, before], at);
  }
  if (none) return literal("bool", item.how === "all");
  const own = call("coalesce", [item.value, literal("bool", false)], at);
  return before === undefined ? own : call(item.how === "all" ? "and" : "or", [before, own], at);
}

/** Paths of no edge. */
function standing(path: PathPart, seeds: Rel, context: BindContext): Rel {
  const at = seeds.origin;
  const start = columnRef(nth(seeds, 0));
  const values = shape(path).map((column, index): Scalar => {
    if (index < 2) return start;
    if (index === 2) return long(0);
    if (index < 5) return literal("string", ",");
    const item = path.gathered[index - 5];
    return item?.how === "list"
      ? literal("dynamic", "[]")
      : literal("bool", item?.how === "all" || column.type !== "bool");
  });
  const items = shape(path).map(
    (column, index): Item => ({
      column: context.newColumn(column.name, column.type, column.nullable),
      value: values[index] as Scalar,
    }),
  );
  return project(seeds, items, at);
}

/** Of the paths between two nodes the one whose edges come first. */
function oneAPair(rows: Rel, context: BindContext): Rel {
  const [start, end, ...rest] = rows.columns as [Column, Column, ...Column[]];
  const edges = nth(rows, 3);
  const keys = [start, end].map(
    (column): Item => ({
      column: context.newColumn(column.name, column.type, false),
      value: columnRef(column),
    }),
  );
  const others = rest.map((column) => ({
    column: context.newColumn(column.name, column.type, column.nullable),
    call: aggregateCall("arg_min", [columnRef(column), columnRef(edges)], rows.origin).call,
  }));
  return aggregate(rows, keys, others, rows.origin);
}
