import { allColumns, window } from "../ir/build.ts";
import type { Column } from "../ir/column.ts";
import type { Rel, WindowItem } from "../ir/rel.ts";
import type { BindContext, Environment, Scope } from "./context.ts";
import { addSession } from "./sessions.ts";
import { type WindowStep, windowPlan } from "./windowPlan.ts";

/**
 * Binds expressions that may call window functions; these become Window nodes below the one that `build` makes over
 * the input's columns and those of the window functions.
 */
export function bindSerialized<T>(
  input: Rel,
  env: Environment,
  context: BindContext,
  bind: (scope: Scope) => T,
  build: (rel: Rel, value: T) => Rel,
): Rel {
  const ordered = withOrdinal(input, context);
  const plan = windowPlan(ordered, context);
  const value = bind({ columns: input.columns, env, context, windows: plan });
  return build(ordered === undefined || plan.steps.length === 0 ? input : withSteps(ordered, plan.steps), value);
}

/** The window functions level by level; their columns are no output and stay hidden. */
function withSteps(ordered: Rel, steps: readonly WindowStep[]): Rel {
  const highest = Math.max(...steps.map((step) => step.level));
  let rel = ordered;
  for (let level = 0; level <= highest; level++) {
    const here = steps.filter((step) => step.level === level);
    const items = here.flatMap((step) => ("item" in step ? [step.item] : []));
    if (items.length > 0) rel = hide(window(rel, items, rel.origin), rel);
    for (const step of here) if ("session" in step) rel = addSession(rel, step.session);
  }
  return rel;
}

function hide(made: Rel, input: Rel): Rel {
  const added = made.columns.slice(input.columns.length);
  return { ...made, columns: input.columns, hidden: [...input.hidden, ...added] };
}

/** Rows under one ordinal: where several keys serialize them, ties would otherwise fall differently each time. */
export function withOrdinal(input: Rel, context: BindContext): Rel | undefined {
  if (input.ordering.length === 0) return undefined;
  if (ordinalOf(input) !== undefined) return input;
  const ordinal = context.newColumn("$ordinal", "long", false);
  const item: WindowItem = {
    column: ordinal,
    name: "row_number",
    args: [],
    partitionBy: [],
    orderBy: input.ordering,
    origin: input.origin,
  };
  const made = window(input, [item], input.origin);
  return {
    ...made,
    columns: input.columns,
    hidden: [...input.hidden, ordinal],
    ordering: [{ column: ordinal.id, descending: false, nullsFirst: true }],
  };
}

/** The hidden column that numbers the rows, where it alone serializes them. */
export function ordinalOf(rel: Rel): Column | undefined {
  const [only, second] = rel.ordering;
  if (only === undefined || second !== undefined) return undefined;
  return allColumns(rel).find((column) => column.id === only.column && column.name === "$ordinal");
}
