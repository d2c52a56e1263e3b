import type { Rel } from "./rel.ts";
import type { Scalar } from "./scalar.ts";

/** The relational nodes directly below a node, those inside its scalar expressions too. */
export function childrenOf(rel: Rel): readonly Rel[] {
  return [...inputsOf(rel), ...scalarsOf(rel).flatMap(queriesOf)];
}

/** All nodes of a plan, each once and after those below it. */
export function nodesIn(root: Rel): readonly Rel[] {
  const seen = new Set<Rel>();
  const order: Rel[] = [];
  const visit = (rel: Rel): void => {
    if (seen.has(rel)) return;
    seen.add(rel);
    for (const child of childrenOf(rel)) visit(child);
    order.push(rel);
  };
  visit(root);
  return order;
}

export function inputsOf(rel: Rel): readonly Rel[] {
  switch (rel.kind) {
    case "read":
    case "values":
    case "last":
      return [];
    case "filter":
    case "project":
    case "aggregate":
    case "sort":
    case "limit":
    case "unnest":
    case "window":
    case "scan":
      return [rel.input];
    case "join":
      return [rel.left, rel.right];
    case "union":
      return rel.inputs;
    case "apply":
      return [rel.input, rel.query];
    case "iterate":
      return [rel.seed, rel.step];
  }
}

/** The scalar expressions that a node evaluates. */
export function scalarsOf(rel: Rel): readonly Scalar[] {
  switch (rel.kind) {
    case "read":
    case "values":
    case "sort":
    case "apply":
    case "iterate":
    case "last":
      return [];
    case "filter":
      return [rel.predicate];
    case "limit":
      return [rel.count];
    case "project":
      return rel.items.map((item) => item.value);
    case "aggregate":
      return [
        ...rel.keys.map((key) => key.value),
        ...rel.aggregates.flatMap((item) => [
          ...item.call.args,
          ...(item.call.filter === undefined ? [] : [item.call.filter]),
        ]),
      ];
    case "join":
      return [...rel.on.flatMap((key) => [key.left, key.right]), ...rel.items.map((item) => item.value)];
    case "union":
      return rel.sources.flatMap((items) => items.map((item) => item.value));
    case "unnest":
      return [...rel.arrays.map((item) => item.value), ...(rel.count === undefined ? [] : [rel.count])];
    case "window":
      return rel.items.flatMap((item) => [...item.args, ...item.partitionBy]);
    case "scan":
      return [
        ...rel.declared.map((item) => item.initial),
        ...rel.steps.flatMap((step) => [step.condition, ...step.assignments.map((item) => item.value)]),
      ];
  }
}

/** The queries inside an expression, those inside of them left out. */
export function queriesOf(expr: Scalar): readonly Rel[] {
  switch (expr.kind) {
    case "column":
    case "literal":
      return [];
    case "call":
      return expr.args.flatMap(queriesOf);
    case "scalarQuery":
      return [expr.query];
    case "inQuery":
      return [...queriesOf(expr.value), expr.query];
  }
}
