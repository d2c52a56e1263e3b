import { refuse } from "../../diagnostics/diagnostic.ts";
import { aggregate, join, pass, project } from "../../ir/build.ts";
import type { Column } from "../../ir/column.ts";
import type { Graph, Item, Rel } from "../../ir/rel.ts";
import { columnRef, literal, type Scalar } from "../../ir/scalar.ts";
import type { Syntax } from "../../syntax/tree.ts";
import type { KqlType } from "../../values/type.ts";
import { aggregateCall, call, convertTo } from "../call.ts";
import type { BindContext } from "../context.ts";
import { columnNamed } from "../scope.ts";
import { ordinalOf } from "../serialized.ts";
import { fresh } from "../table.ts";
import { allRows, joined, numbered, plainRows } from "./rows.ts";

/** What `make-graph` says. */
export interface GraphParts {
  readonly edges: Rel;
  readonly from: Column;
  readonly to: Column;
  /** Tables of nodes, and the column that identifies them. */
  readonly tables: readonly { readonly rel: Rel; readonly key: Column }[];
  /** The one column of nodes that only the edges name. */
  readonly implicit?: string;
  /** The column of edges and nodes within whose values alone there are edges. */
  readonly partition?: string;
}

interface Shown {
  readonly name: string;
  readonly type: KqlType;
}

/** Numbers nodes and edges; nodes that only the edges name have no properties but what identifies them. */
export function buildGraph(parts: GraphParts, node: Syntax, context: BindContext): Graph {
  const shown = nodeColumns(parts, node);
  const rows = nodesOf(parts, shown, node, context);
  const identity = rows.columns.slice(shown.length);
  const made = numbered(rows, "$node", [...identity].reverse(), context);
  const number = made.columns.slice(-1);
  const nodes = { ...made, columns: [...rows.columns.slice(0, shown.length), ...number, ...identity] };
  const edges = edgesOf(parts, nodes, shown.length, node, context);
  return { nodes, edges, nodeColumns: shown.length, edgeColumns: parts.edges.columns.length };
}

function nodeColumns(parts: GraphParts, node: Syntax): readonly Shown[] {
  if (parts.implicit !== undefined) return [{ name: parts.implicit, type: parts.from.type }];
  const found = new Map<string, KqlType>();
  for (const { name, type } of parts.tables.flatMap((table) => table.rel.columns)) {
    const known = found.get(name);
    if (known === undefined || isWider(type, known)) found.set(name, type);
    else if (known !== type && !isWider(known, type))
      refuse("unsupported-syntax", node.span, {
        construct: `The column '${name}' of several tables of nodes`,
        reason: `it is ${known} in one and ${type} in another`,
      });
  }
  return [...found].map(([name, type]) => ({ name, type }));
}

function isWider(type: KqlType, than: KqlType): boolean {
  return type === "long" && than === "int";
}

function nodesOf(parts: GraphParts, shown: readonly Shown[], node: Syntax, context: BindContext): Rel {
  const named = parts.tables.map(({ rel, key }) => rowsOf(plainRows(rel), key, parts, shown, node, context));
  const loose = [parts.from, parts.to].map((end) =>
    rowsOf(plainRows(fresh(parts.edges, node.span, context)), end, parts, shown, node, context, parts.edges),
  );
  const merged = named.length === 0 ? undefined : onePerKey(allRows(named, context), shown, node, context);
  const others = onePerKey(allRows(loose, context), shown, node, context);
  return merged === undefined ? others : allRows([merged, without(others, merged, shown.length)], context);
}

/** A row a node: the shown columns, the key, the partition. */
function rowsOf(
  rows: Rel,
  key: Column,
  parts: GraphParts,
  shown: readonly Shown[],
  node: Syntax,
  context: BindContext,
  copied?: Rel,
): Rel {
  const own = (column: Column): Column => rows.columns[copied?.columns.indexOf(column) ?? -1] ?? column;
  const id = convertTo(columnRef(own(key)), parts.from.type, node.span);
  const split =
    parts.partition === undefined ? undefined : columnRef(columnNamed(rows.columns, parts.partition, node.span));
  const keyNames = new Set(parts.tables.map((table) => table.key.name));
  if (parts.implicit !== undefined) keyNames.add(parts.implicit);
  const value = ({ name, type }: Shown): Scalar => {
    if (copied === undefined) {
      const found = rows.columns.find((column) => column.name === name);
      return found === undefined ? literal(type, null) : convertTo(columnRef(found), type, node.span);
    }
    if (keyNames.has(name)) return convertTo(id, type, node.span);
    return name === parts.partition && split !== undefined ? convertTo(split, type, node.span) : literal(type, null);
  };
  const item = (name: string, of: Scalar): Item => ({
    column: context.newColumn(name, of.type, of.nullable),
    value: of,
  });
  const items = [...shown.map((column) => item(column.name, value(column))), item("$key", id)];
  return project(rows, split === undefined ? items : [...items, item("$partition", split)], node.span);
}

/** One row a key: of several values of a property any, but one that is there. */
function onePerKey(rows: Rel, shown: readonly Shown[], node: Syntax, context: BindContext): Rel {
  const keys = rows.columns.slice(shown.length).map(
    (column): Item => ({
      column: context.newColumn(column.name, column.type, column.nullable),
      value: columnRef(column),
    }),
  );
  const properties = rows.columns.slice(0, shown.length).map((column) => {
    const of = columnRef(column);
    const made =
      column.type === "string"
        ? aggregateCall("take_anyif", [of, call("isnotempty", [of], node.span)], node.span)
        : aggregateCall("take_any", [of], node.span);
    return { column: context.newColumn(column.name, column.type, column.type !== "string"), call: made.call };
  });
  const grouped = aggregate(rows, keys, properties, node.span);
  return { ...grouped, columns: [...properties, ...keys].map(({ column }) => column) };
}

function without(rows: Rel, known: Rel, shown: number): Rel {
  const on = rows.columns.slice(shown).map((column, index) => ({
    left: columnRef(column),
    right: columnRef(known.columns[shown + index] ?? column),
  }));
  return join({ join: "anti", left: rows, right: known, on, items: rows.columns.map(pass), origin: rows.origin });
}

function edgesOf(parts: GraphParts, nodes: Rel, shown: number, node: Syntax, context: BindContext): Rel {
  const place = ordinalOf(parts.edges);
  const order = place === undefined ? [] : [place];
  const rows = project({ ...parts.edges, ordering: [] }, [...parts.edges.columns, ...order].map(pass), node.span);
  const split = parts.partition === undefined ? undefined : columnNamed(rows.columns, parts.partition, node.span);
  const ends = [parts.from, parts.to].map((end) => ({ end, copy: fresh(nodes, node.span, context) }));
  const found = ends.reduce<Rel>((left, { end, copy }) => {
    const [key, partition] = [copy.columns[shown + 1], copy.columns[shown + 2]] as [Column, Column | undefined];
    const pairs: (readonly [Column, Column])[] = [[end, key]];
    if (split !== undefined && partition !== undefined) pairs.push([split, partition]);
    return joined(left, copy, pairs);
  }, rows);
  const [from, to] = ends.map(({ copy }) => copy.columns[shown] as Column) as [Column, Column];
  const made = numbered(
    project(found, [...rows.columns, from, to].map(pass), node.span),
    "$edge",
    [...order, from, to],
    context,
  );
  return { ...made, columns: [...parts.edges.columns, made.columns.at(-1) as Column, from, to] };
}
