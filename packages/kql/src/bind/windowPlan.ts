import { refuse } from "../diagnostics/diagnostic.ts";
import type { Span } from "../diagnostics/span.ts";
import { segment, type WindowBuilder } from "../functions/windows/define.ts";
import { windowFunctionNamed } from "../functions/windows/index.ts";
import type { Column } from "../ir/column.ts";
import type { OrderingKey, Rel, WindowItem } from "../ir/rel.ts";
import { columnRef, literal, type Scalar } from "../ir/scalar.ts";
import { call, convertTo } from "./call.ts";
import type { BindContext, WindowCollector } from "./context.ts";
import type { Session } from "./sessions.ts";

/** A column computed over the ordered rows, after those of lower levels that it reads. */
export type WindowStep = { readonly level: number } & ({ readonly item: WindowItem } | { readonly session: Session });

export interface WindowPlanner extends WindowCollector {
  readonly steps: readonly WindowStep[];
}

/** Takes the window functions of an operator's expressions; without serialized rows it refuses them. */
export function windowPlan(ordered: Rel | undefined, context: BindContext): WindowPlanner {
  const steps: WindowStep[] = [];
  const levels = new Map<number, number>();
  const add = (column: Column, reads: readonly Scalar[], step: (column: Column) => WindowStep): Scalar => {
    levels.set(column.id, Math.max(0, ...reads.map((read) => levelOf(read, levels))));
    steps.push(step(column));
    return columnRef(column);
  };
  return {
    steps,
    add: (name, args, origin) => {
      if (ordered === undefined) return refuse("not-serialized", origin, { name });
      const build = builder(ordered.ordering, origin, add, levels, context);
      if (name === "row_window_session") return addSessionStep(args, origin, build, add, levels, context);
      const row = windowFunctionNamed(name);
      if (row === undefined || row.internal === true) return refuse("unknown-function", origin, { name });
      const plan = row.plan(args, build, origin);
      return build.plan(plan);
    },
  };
}

type Add = (column: Column, reads: readonly Scalar[], step: (column: Column) => WindowStep) => Scalar;

interface Planner extends WindowBuilder {
  plan(plan: {
    readonly name: string;
    readonly args: readonly Scalar[];
    readonly partitionBy: readonly Scalar[];
    readonly type: Column["type"];
    readonly nullable: boolean;
  }): Scalar;
}

function builder(
  orderBy: readonly OrderingKey[],
  origin: Span,
  add: Add,
  levels: ReadonlyMap<number, number>,
  context: BindContext,
): Planner {
  const build: Planner = {
    plan: ({ name, args, partitionBy, type, nullable }) =>
      add(context.newColumn(`$${name}`, type, nullable), [...args, ...partitionBy], (column) => ({
        level: levels.get(column.id) ?? 0,
        item: { column, name, args, partitionBy, orderBy, origin },
      })),
    window: (name, args, partitionBy) => {
      const row = windowFunctionNamed(name);
      if (row === undefined) return refuse("unknown-function", origin, { name });
      return build.plan({ ...row.plan(args, build, origin), partitionBy });
    },
    call: (name, args) => call(name, args, origin),
    convert: (value, type) => convertTo(value, type, origin),
  };
  return build;
}

function addSessionStep(
  args: readonly Scalar[],
  origin: Span,
  build: WindowBuilder,
  add: Add,
  levels: ReadonlyMap<number, number>,
  context: BindContext,
): Scalar {
  const [value = literal("datetime", null), fromFirst = literal("timespan", null), between = fromFirst, restart] = args;
  const stretch = segment(restart, build)[0] ?? literal("long", 0n);
  const reads = [value, stretch, fromFirst, between];
  return add(context.newColumn("$session", "datetime", true), reads, (column) => ({
    level: levels.get(column.id) ?? 0,
    session: { column, value, fromFirst, between, stretch, origin, context },
  }));
}

/** One above the highest window column that an expression reads. */
function levelOf(value: Scalar, levels: ReadonlyMap<number, number>): number {
  switch (value.kind) {
    case "column": {
      const level = levels.get(value.id);
      return level === undefined ? 0 : level + 1;
    }
    case "call":
      return Math.max(0, ...value.args.map((arg) => levelOf(arg, levels)));
    case "inQuery":
      return levelOf(value.value, levels);
    case "literal":
    case "scalarQuery":
      return 0;
  }
}
