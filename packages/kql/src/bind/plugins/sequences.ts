import { refuse } from "../../diagnostics/diagnostic.ts";
import { project, rearrange } from "../../ir/build.ts";
import type { Item, Rel } from "../../ir/rel.ts";
import { columnRef, literal } from "../../ir/scalar.ts";
import { child, nameOf, type Syntax } from "../../syntax/tree.ts";
import { withOfficialNames } from "../outputNames.ts";
import { bindPredicate } from "../predicate.ts";
import { columnNamed, scopeOf } from "../scope.ts";
import { argumentsOf } from "../userFunction.ts";
import { type Plugin, type PluginCall, required } from "./define.ts";
import { runTemplate } from "./template.ts";
import { listOf, scalar } from "./timeline.ts";

const MOST_STEPS = 16;

export const sequenceDetect: Plugin = {
  name: "sequence_detect",
  summary: "The times at which conditions came true one after another, for each value of the dimensions.",
  approximate: "each combination of times counts once, and a step comes after the one before it, not with it",
  bind: (call) => {
    const { rows, steps, keys } = marked(call);
    const on = listOf(...keys);
    const [first, ...rest] = steps;
    const times = (step: string, index: number): string =>
      `(R | where ${step} | summarize by ${on}, t${index} = __time)`;
    const joins = rest.map(
      (step, index) =>
        `| join kind=inner ${times(step, index + 1)} on ${on}
         | where t${index + 1} > t${index} and t${index + 1} - t${index} <= step_window and t${index + 1} - t0 <= span`,
    );
    const text = `
      ${times(first ?? "true", 0)}
      ${joins.join("\n")}
      | project ${listOf(...keys.slice(1), ...steps.map((_, index) => `t${index}`))}, Duration = t${rest.length} - t0`;
    const found = runTemplate(call, text, {
      tables: { R: rows },
      scalars: { step_window: scalar(call, 1, "MaxSequenceStepWindow"), span: scalar(call, 2, "MaxSequenceSpan") },
    });
    return rearrange(found, withOfficialNames(call.node, found.columns), call.node.span);
  },
};

interface Marked {
  readonly rows: Rel;
  /** The columns that say whether a row is a step. */
  readonly steps: readonly string[];
  /** The columns that the rows of a sequence share; the first is the same everywhere. */
  readonly keys: readonly string[];
}

/** The rows with their time, the dimensions and a column for each step. */
function marked(call: PluginCall): Marked {
  const { input, env, context, node } = call;
  const scope = scopeOf(input, env, context);
  const rest = argumentsOf(call.call).slice(3);
  const steps = rest.filter((item) => item.type === "bool");
  if (steps.length === 0 || steps.length > MOST_STEPS)
    return refuse("unsupported-argument", call.call.span, {
      name: "sequence_detect",
      argument: `${steps.length} steps`,
      reason: `a sequence has one step at least and ${MOST_STEPS} at most; a step is a condition`,
    });
  const time = required(call, 0, "TimelineColumn");
  const named = (name: string, value: Item["value"]): Item => ({
    column: context.newColumn(name, value.type, value.nullable),
    value,
  });
  const items = [
    named("__time", columnRef(columnNamed(input.columns, nameOf(time), time.span))),
    named("__all", literal("long", 1n)),
    ...rest
      .filter((item) => item.type !== "bool")
      .map((item, index) => named(`d${index}`, context.scalar(expressionOf(item), scope))),
    ...steps.map((item, index) => named(`s${index}`, bindPredicate(expressionOf(item), scope))),
  ];
  const names = items.map((item) => item.column.name);
  return {
    rows: { ...project(input, items, node.span), ordering: [] },
    steps: names.filter((name) => /^s\d/.test(name)),
    keys: ["__all", ...names.filter((name) => /^d\d/.test(name))],
  };
}

function expressionOf(node: Syntax): Syntax {
  return node.kind === "SimpleNamedExpression" ? child(node, "Expression") : node;
}
