import type { Rel } from "./rel.ts";
import type { Scalar } from "./scalar.ts";

/** A node over changed inputs, the queries inside its expressions changed too. */
export function mapChildren(rel: Rel, change: (child: Rel) => Rel): Rel {
  const scalar = (of: Scalar): Scalar => mapQueries(of, change);
  const item = <T extends { readonly value: Scalar }>(of: T): T => ({ ...of, value: scalar(of.value) });
  switch (rel.kind) {
    case "read":
    case "values":
    case "last":
      return rel;
    case "filter":
      return { ...rel, input: change(rel.input), predicate: scalar(rel.predicate) };
    case "project":
      return { ...rel, input: change(rel.input), items: rel.items.map(item) };
    case "aggregate": {
      const aggregates = rel.aggregates.map(({ column, call }) => ({
        column,
        call: {
          ...call,
          args: call.args.map(scalar),
          ...(call.filter === undefined ? {} : { filter: scalar(call.filter) }),
        },
      }));
      return { ...rel, input: change(rel.input), keys: rel.keys.map(item), aggregates };
    }
    case "sort":
      return { ...rel, input: change(rel.input) };
    case "limit":
      return { ...rel, input: change(rel.input), count: scalar(rel.count) };
    case "join": {
      const on = rel.on.map((key) => ({ left: scalar(key.left), right: scalar(key.right) }));
      return { ...rel, left: change(rel.left), right: change(rel.right), on, items: rel.items.map(item) };
    }
    case "union":
      return { ...rel, inputs: rel.inputs.map(change), sources: rel.sources.map((items) => items.map(item)) };
    case "unnest": {
      const count = rel.count === undefined ? {} : { count: scalar(rel.count) };
      return { ...rel, input: change(rel.input), arrays: rel.arrays.map(item), ...count };
    }
    case "window": {
      const items = rel.items.map((one) => ({
        ...one,
        args: one.args.map(scalar),
        partitionBy: one.partitionBy.map(scalar),
      }));
      return { ...rel, input: change(rel.input), items };
    }
    case "apply":
      return { ...rel, input: change(rel.input), query: change(rel.query) };
    case "iterate":
      return { ...rel, seed: change(rel.seed), step: change(rel.step) };
    case "scan": {
      const declared = rel.declared.map((one) => ({ ...one, initial: scalar(one.initial) }));
      const steps = rel.steps.map((step) => ({
        ...step,
        condition: scalar(step.condition),
        assignments: step.assignments.map(item),
      }));
      return { ...rel, input: change(rel.input), declared, steps };
    }
  }
}

/** An expression with its queries changed. */
function mapQueries(scalar: Scalar, change: (query: Rel) => Rel): Scalar {
  switch (scalar.kind) {
    case "column":
    case "literal":
      return scalar;
    case "call":
      return { ...scalar, args: scalar.args.map((arg) => mapQueries(arg, change)) };
    case "scalarQuery":
      return { ...scalar, query: change(scalar.query) };
    case "inQuery":
      return { ...scalar, value: mapQueries(scalar.value, change), query: change(scalar.query) };
  }
}
