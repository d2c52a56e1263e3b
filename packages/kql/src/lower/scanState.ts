import type { Scan, StateColumn } from "../ir/rel.ts";
import type { Scalar } from "../ir/scalar.ts";
import type { SqlExpr } from "../sql/ast.ts";
import { add, call, cast, equal, field, isNotNull, no, number, struct, yes } from "../sql/build.ts";
import { allOf, anyOf, branchesOf, noneOf } from "../sql/simplify.ts";
import { lowerPredicate } from "./predicate.ts";
import { type LowerScope, lowerScalar, sqlName } from "./scalar.ts";
import { emptyValue, nothingLike, outputOf, unassigned } from "./scanParts.ts";

/*
 * The state, for step j counted from 0: a<j> whether it has a sequence, i<j> that sequence's number, v<j>_<s> the value
 * of state column s (of a step up to j), p<j> the row that a step with output=last still holds; n the next number.
 */

const stateName = (step: number, index: number): string => `v${step}_${index}`;

/** State columns that step `step` knows: those of the steps up to it. */
function known(rel: Scan, step: number): readonly (readonly [StateColumn, number])[] {
  return rel.state.flatMap((item, index) => (item.step <= step ? [[item, index] as const] : []));
}

/** Before the first row; `x` is any row, for its type. */
export function initialState(rel: Scan, x: SqlExpr, outer: LowerScope): SqlExpr {
  const fields: [string, SqlExpr][] = [["n", cast(number(0), "BIGINT")]];
  rel.steps.forEach((step, index) => {
    fields.push([`a${index}`, no], [`i${index}`, cast(number(0), "BIGINT")]);
    for (const [item, at] of known(rel, index))
      fields.push([stateName(index, at), lowerScalar(emptyValue(rel, item), outer)]);
    if (step.output === "last") fields.push([`p${index}`, nothingLike(outputOf(rel, x, outer))]);
  });
  return struct(Object.fromEntries(fields));
}

export function nextState(rel: Scan, acc: SqlExpr, element: SqlExpr, outer: LowerScope): SqlExpr {
  const context: StepContext = {
    rel,
    acc,
    state: (name) => field(field(acc, "st"), name),
    x: field(element, "x"),
    k: field(element, "k"),
    outer,
  };
  // Named parts would be lambdas in a lambda, which cost far more than to say them again.
  const first = matches(context, 1);
  const second = allOf(noneOf(first), matches(context, 2));
  const found: Found = { first, second, any: anyOf(first, second) };
  return struct({ x: context.x, k: context.k, st: stateAfter(context, found), out: outputAfter(context, found) });
}

interface StepContext {
  readonly rel: Scan;
  readonly acc: SqlExpr;
  readonly x: SqlExpr;
  readonly k: SqlExpr;
  readonly outer: LowerScope;
  state(name: string): SqlExpr;
}

/** Whether this row matches its step: as the next row of the step before, or as another one of the step itself. */
interface Found {
  readonly first: SqlExpr;
  readonly second: SqlExpr;
  readonly any: SqlExpr;
}

/** Whether the element is of this step. */
function at({ rel, k }: StepContext, step: number): SqlExpr {
  if (step >= rel.steps.length) return no;
  return rel.steps.length === 1 ? yes : equal(k, number(step));
}

function matches(context: StepContext, check: 1 | 2): SqlExpr {
  const branches = context.rel.steps.map((step, index) => {
    const condition = lowerPredicate(step.condition, scopeFor(context, index, check));
    const ready = check === 1 ? context.state(`a${index - 1}`) : index === 0 ? undefined : context.state(`a${index}`);
    const here = check === 1 && index === 0 ? no : ready === undefined ? condition : allOf(ready, condition);
    return [at(context, index), here.kind === "value" ? here : call("coalesce", here, no)] as const;
  });
  return branchesOf(branches, no);
}

/** Check 1 reads the state of the step before; check 2 that of the step itself. */
function scopeFor(context: StepContext, step: number, check: 1 | 2): LowerScope {
  const { rel, outer } = context;
  const holder = check === 1 ? step - 1 : step;
  return {
    query: outer.query,
    column: (id) => {
      const index = rel.state.findIndex((item) => item.id === id);
      const item = rel.state[index];
      if (item !== undefined)
        return item.step <= holder
          ? context.state(stateName(holder, index))
          : lowerScalar(emptyValue(rel, item), outer);
      const declared = rel.declared.find((entry) => entry.column.id === id);
      return declared === undefined ? field(context.x, sqlName(id)) : unassigned(declared, context.x, outer);
    },
  };
}

/** A declared column of the row, as this step assigns it. */
function assigned(context: StepContext, step: number, declared: number, found: Found): SqlExpr {
  const { rel, outer, x } = context;
  const value: Scalar | undefined = rel.steps[step]?.assignments.findLast((item) => item.declared === declared)?.value;
  const item = rel.declared[declared];
  if (value === undefined) return item === undefined ? no : unassigned(item, x, outer);
  const second = lowerScalar(value, scopeFor(context, step, 2));
  return step === 0 ? second : branchesOf([[found.first, lowerScalar(value, scopeFor(context, step, 1))]], second);
}

function stateAfter(context: StepContext, found: Found): SqlExpr {
  const { rel, state, outer, x } = context;
  const begins = allOf(at(context, 0), found.second, noneOf(state("a0")));
  const fields: [string, SqlExpr][] = [["n", branchesOf([[begins, add(state("n"), number(1))]], state("n"))]];
  rel.steps.forEach(({ output }, step) => {
    const enters = allOf(at(context, step), found.first);
    const promoted = allOf(at(context, step + 1), found.first);
    const here = allOf(at(context, step), found.any);
    fields.push([
      `a${step}`,
      branchesOf(
        [
          [here, yes],
          [promoted, no],
        ],
        state(`a${step}`),
      ),
    ]);
    const number0 =
      step === 0
        ? branchesOf([[begins, state("n")]], state("i0"))
        : branchesOf([[enters, state(`i${step - 1}`)]], state(`i${step}`));
    fields.push([`i${step}`, number0]);
    for (const [item, index] of known(rel, step)) {
      const name = stateName(step, index);
      const empty = lowerScalar(emptyValue(rel, item), outer);
      const moved =
        item.step < step
          ? ([enters, state(stateName(step - 1, index))] as const)
          : ([here, ownValue(context, item, found)] as const);
      fields.push([name, branchesOf([moved, [promoted, empty]], state(name))]);
    }
    if (output !== "last") return;
    const held = state(`p${step}`);
    fields.push([
      `p${step}`,
      branchesOf(
        [
          [here, row(context, found)],
          [promoted, nothingLike(outputOf(rel, x, outer))],
        ],
        held,
      ),
    ]);
  });
  return struct(Object.fromEntries(fields));
}

function ownValue(context: StepContext, item: StateColumn, found: Found): SqlExpr {
  return "input" in item.source
    ? field(context.x, sqlName(item.source.input))
    : assigned(context, item.step, item.source.declared, found);
}

function outputAfter(context: StepContext, found: Found): SqlExpr {
  const { rel } = context;
  const shown = rel.steps.flatMap((step, index) => (step.output === "all" ? [at(context, index)] : []));
  const out = rel.steps.reduce<SqlExpr>(
    (before, step, index) => {
      if (step.output !== "last") return before;
      const held = context.state(`p${index}`);
      const leaves = allOf(found.first, anyOf(at(context, index), at(context, index + 1)), isNotNull(held));
      return branchesOf([[leaves, call("list_append", before, held)]], before);
    },
    field(context.acc, "out"),
  );
  return branchesOf([[allOf(found.any, anyOf(...shown)), call("list_append", out, row(context, found))]], out);
}

function row(context: StepContext, found: Found): SqlExpr {
  const { rel, state } = context;
  const declared = rel.declared.map((_, index) => {
    const branches = rel.steps.map(
      (_step, step) => [at(context, step), assigned(context, step, index, found)] as const,
    );
    const [last, ...before] = [...branches].reverse();
    return [`d${index}`, last === undefined ? no : branchesOf(before, last[1])] as const;
  });
  const ids = rel.steps.map((_, step) => {
    const own =
      step === 0
        ? branchesOf([[noneOf(state("a0")), state("n")]], state("i0"))
        : branchesOf([[found.first, state(`i${step - 1}`)]], state(`i${step}`));
    return [at(context, step), own] as const;
  });
  return struct({
    x: context.x,
    k: context.k,
    id: branchesOf(ids, cast(number(0), "BIGINT")),
    ...Object.fromEntries(declared),
  });
}
