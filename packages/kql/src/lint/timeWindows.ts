import type { Span } from "../diagnostics/span.ts";
import type { Item, Read, Rel } from "../ir/rel.ts";
import type { Scalar } from "../ir/scalar.ts";
import { constantTicks } from "../ir/timeBounds.ts";
import { childrenOf } from "../ir/walk.ts";

/** How far back a query looks into a table. */
export interface TimeWindow {
  readonly table: string;
  readonly origin: Span;
  /** Whether a filter bounds the event time from below. */
  readonly bounded: boolean;
  /** The bound, in ticks, where it is a constant. */
  readonly earliest?: bigint;
}

/** Lower bounds by the column that they are on; a bound that is no constant is undefined. */
type Bounds = ReadonlyMap<number, bigint | undefined>;

/** For each reading of a table that has an event time, the lower bound that the filters above it set. */
export function timeWindows(rel: Rel): readonly TimeWindow[] {
  const found: TimeWindow[] = [];
  visit(rel, new Map(), found);
  return found;
}

const eventTimes = ["TimeGenerated", "Timestamp"];

function visit(rel: Rel, bounds: Bounds, found: TimeWindow[]): void {
  if (rel.kind === "read") {
    const window = windowOf(rel, bounds);
    if (window !== undefined) found.push(window);
    return;
  }
  const inner = below(rel, bounds);
  for (const child of childrenOf(rel)) visit(child, inner(child), found);
}

function windowOf(read: Read, bounds: Bounds): TimeWindow | undefined {
  const { table, origin, columns, hidden } = read;
  const times = [...columns, ...hidden].filter(({ name, type }) => eventTimes.includes(name) && type === "datetime");
  if (times.length === 0) return undefined;
  const on = times.filter(({ id }) => bounds.has(id));
  const constants = on.flatMap(({ id }) => bounds.get(id) ?? []);
  const earliest = constants.length === on.length ? constants.sort((a, b) => (a < b ? 1 : -1))[0] : undefined;
  return { table, origin, bounded: on.length > 0, ...(earliest === undefined ? {} : { earliest }) };
}

/** The bounds that hold for each input of a node. */
function below(rel: Rel, bounds: Bounds): (input: Rel) => Bounds {
  switch (rel.kind) {
    case "filter": {
      const more = new Map(bounds);
      for (const [id, ticks] of boundsIn(rel.predicate)) more.set(id, later(more, id, ticks));
      return (input) => (input === rel.input ? more : new Map());
    }
    case "project":
      return (input) => (input === rel.input ? through(rel.items, bounds) : new Map());
    case "aggregate":
      return (input) => (input === rel.input ? through(rel.keys, bounds) : new Map());
    case "join": {
      const both = through(rel.items, bounds);
      return (input) => (input === rel.left || input === rel.right ? both : new Map());
    }
    case "union":
      return (input) => through(rel.sources[rel.inputs.indexOf(input)] ?? [], bounds);
    default:
      return () => bounds;
  }
}

function through(items: readonly Item[], bounds: Bounds): Bounds {
  const inner = new Map(bounds);
  for (const { column, value } of items) {
    if (!bounds.has(column.id)) continue;
    const ticks = bounds.get(column.id);
    if (value.kind === "column") inner.set(value.id, later(inner, value.id, ticks));
    else for (const id of columnsIn(value)) inner.set(id, undefined);
  }
  return inner;
}

function later(bounds: Bounds, id: number, ticks: bigint | undefined): bigint | undefined {
  const known = bounds.get(id);
  if (known === undefined || ticks === undefined) return known ?? ticks;
  return known > ticks ? known : ticks;
}

/** What a conjunction demands of columns of type datetime. */
function boundsIn(expr: Scalar): readonly (readonly [number, bigint | undefined])[] {
  if (expr.kind === "inQuery") return columnsIn(expr.value).map((id) => [id, undefined]);
  if (expr.kind !== "call") return [];
  const [a, b] = expr.args;
  switch (expr.name) {
    case "and":
      return expr.args.flatMap(boundsIn);
    case "or":
      return alternatives(expr.args.map(boundsIn));
    case ">":
    case ">=":
    case "between":
    case "==":
      return bound(a, b);
    case "<":
    case "<=":
      return bound(b, a);
    case "in":
      return bound(a, undefined);
    default:
      return [];
  }
}

/** Of alternatives, what all of them demand: the earliest of their bounds. */
function alternatives(all: readonly (readonly (readonly [number, bigint | undefined])[])[]): (typeof all)[number] {
  const [first = [], ...others] = all.map((item) => new Map(item));
  return [...first].flatMap(([id, ticks]) => {
    if (!others.every((other) => other.has(id))) return [];
    const bounds = [ticks, ...others.map((other) => other.get(id))];
    const known = bounds.flatMap((item) => item ?? []);
    return [[id, known.length < bounds.length ? undefined : known.sort((x, y) => (x < y ? -1 : 1))[0]] as const];
  });
}

function bound(column: Scalar | undefined, at: Scalar | undefined): readonly (readonly [number, bigint | undefined])[] {
  if (column === undefined || column.type !== "datetime") return [];
  if (column.kind === "column") return [[column.id, at === undefined ? undefined : constantTicks(at)]];
  return columnsIn(column).map((id) => [id, undefined]);
}

function columnsIn(expr: Scalar): readonly number[] {
  if (expr.kind === "column") return [expr.id];
  return expr.kind === "call" ? expr.args.flatMap(columnsIn) : [];
}
