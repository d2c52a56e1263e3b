import { refuse } from "../../diagnostics/diagnostic.ts";
import { allColumns, pass, project } from "../../ir/build.ts";
import type { Column } from "../../ir/column.ts";
import type { Item, Rel, Scan, ScanStep, StateColumn } from "../../ir/rel.ts";
import { columnRef, literal, type Scalar } from "../../ir/scalar.ts";
import { child, list, nameOf, optional, type Syntax } from "../../syntax/tree.ts";
import { convertTo } from "../call.ts";
import type { BindContext, Environment, Scope } from "../context.ts";
import { type TabularOperator, tabularOperator } from "../operator.ts";
import { withOfficialNames } from "../outputNames.ts";
import { namedParameter } from "../parameters.ts";
import { bindPredicate } from "../predicate.ts";
import { withOrdinal } from "../serialized.ts";
import { typeNamed } from "../userFunction.ts";

export const scan: TabularOperator = tabularOperator({
  keyword: "scan",
  kinds: ["ScanOperator"],
  bind: (node, input, env, context) => {
    const ordered = withOrdinal(input, context);
    const row = ordered?.ordering[0]?.column;
    if (ordered === undefined || row === undefined) return refuse("not-serialized", node.span, { name: "scan" });
    const declared = [...declarations(node, env, context), ...replacements(node, ordered, context)];
    const state: StateColumn[] = [];
    const steps = stepsOf(node, ordered, declared, state, env, context);
    const { rel, rewrite } = rowParts(ordered, declared, state, node, context);
    const rewritten = steps.map((step) => ({
      ...step,
      condition: rewrite(step.condition),
      assignments: step.assignments.map((item) => ({ ...item, value: rewrite(item.value) })),
    }));
    return scanned(node, rel(), row, { declared, steps: rewritten, state }, context);
  },
});

type Declared = Scan["declared"];

/** Steps may assign columns of the input too. */
function replacements(node: Syntax, input: Rel, context: BindContext): Declared {
  const assigned = list(node, "Steps").flatMap((step) => list(child(step, "ComputationClause"), "Assignments"));
  const names = new Set(assigned.map((item) => nameOf(child(item, "Name"))));
  return input.columns
    .filter((column) => names.has(column.name))
    .map(({ id, name, type }) => ({
      column: context.newColumn(name, type, type !== "string"),
      initial: literal(type, null),
      replaces: id,
    }));
}

function declarations(node: Syntax, env: Environment, context: BindContext): Declared {
  return list(child(node, "DeclareClause"), "Declarations").map((item) => {
    const declared = child(item, "NameAndType");
    const type = typeNamed(child(child(declared, "Type"), "Type").text);
    const given = optional(child(item, "DefaultValue"), "Value");
    const scope = { columns: [], env, context };
    const initial =
      given === undefined ? literal(type, null) : convertTo(context.scalar(given, scope), type, item.span);
    return { column: context.newColumn(nameOf(child(declared, "Name")), type, type !== "string"), initial };
  });
}

function stepsOf(
  node: Syntax,
  input: Rel,
  declared: Declared,
  state: StateColumn[],
  env: Environment,
  context: BindContext,
): readonly ScanStep[] {
  const nodes = list(node, "Steps");
  const names = nodes.map((step) => nameOf(child(step, "Name")));
  const added = declared.filter((item) => item.replaces === undefined).map((item) => item.column);
  const columns = [...input.columns, ...added];
  const special = (path: string): Scalar | undefined => {
    const step = names.findIndex((name) => path.startsWith(`${name}.`));
    const name = path.slice((names[step]?.length ?? 0) + 1);
    const column = step < 0 ? undefined : columns.find((item) => item.name === name);
    return column === undefined ? undefined : stateRef(column, step, declared, state, context);
  };
  const scope: Scope = { columns, env, context, special };
  return nodes.map((step) => stepOf(step, declared, scope));
}

/** The value that a step keeps of a column; the same value keeps its id. */
function stateRef(
  column: Column,
  step: number,
  declared: Declared,
  state: StateColumn[],
  context: BindContext,
): Scalar {
  const at = declared.findIndex((item) => item.column.id === column.id || item.replaces === column.id);
  const source = at < 0 ? { input: column.id } : { declared: at };
  const same = state.find((item) => item.step === step && JSON.stringify(item.source) === JSON.stringify(source));
  const made = same ?? { id: context.newColumn("$state", column.type, true).id, step, type: column.type, source };
  if (same === undefined) state.push(made);
  return columnRef({ id: made.id, type: column.type, nullable: column.type !== "string" });
}

function stepOf(step: Syntax, declared: Declared, scope: Scope): ScanStep {
  const kind = child(child(step, "ScanStepOutput"), "OutputKind").text;
  const assignments = list(child(step, "ComputationClause"), "Assignments").map((item) => {
    const name = nameOf(child(item, "Name"));
    const at = declared.findIndex((entry) => entry.column.name === name);
    const target = declared[at];
    if (target === undefined)
      return refuse("unsupported-syntax", item.span, {
        construct: `The assignment to '${name}'`,
        reason: "it is neither declared nor a column",
      });
    const value = scope.context.scalar(child(item, "Expression"), scope);
    return { declared: at, value: convertTo(value, target.column.type, item.span) };
  });
  return {
    output: kind === "last" || kind === "none" ? kind : "all",
    condition: bindPredicate(child(step, "Condition"), scope),
    assignments,
  };
}

/**
 * What depends on the row alone is computed before the fold, where it is cheap and where tables may be asked; the fold
 * is a lambda, in which no query can stand.
 */
function rowParts(
  input: Rel,
  declared: Declared,
  state: readonly StateColumn[],
  node: Syntax,
  context: BindContext,
): { rel(): Rel; rewrite(value: Scalar): Scalar } {
  const made: Item[] = [];
  const states = new Set(state.map((item) => item.id));
  const constants = new Map(
    declared.filter((item) => item.replaces === undefined).map((item) => [item.column.id, item.initial] as const),
  );
  const rewrite = (value: Scalar): Scalar => {
    if (value.kind === "literal") return value;
    if (value.kind === "column") return constants.get(value.id) ?? value;
    if (!readsState(value, states)) {
      const column = context.newColumn("$part", value.type, value.nullable);
      made.push({ column, value: value.kind === "call" ? { ...value, args: value.args.map(unwrap) } : value });
      return columnRef(column);
    }
    if (value.kind === "call") return { ...value, args: value.args.map(rewrite) };
    return refuse("unsupported-syntax", node.span, {
      construct: "A table inside a scan's step",
      reason: "it depends on the state of the scan",
    });
  };
  const unwrap = (value: Scalar): Scalar => {
    if (value.kind === "column") return constants.get(value.id) ?? value;
    return value.kind === "call" ? { ...value, args: value.args.map(unwrap) } : value;
  };
  const rel = (): Rel => {
    if (made.length === 0) return input;
    const all = allColumns(input).map((column) => pass(column));
    const projected = project({ ...input, ordering: [] }, [...all, ...made], node.span);
    const hidden = [...input.hidden, ...made.map((item) => item.column)];
    return { ...projected, columns: input.columns, hidden, ordering: input.ordering };
  };
  return { rel, rewrite };
}

function readsState(value: Scalar, states: ReadonlySet<number>): boolean {
  if (value.kind === "column") return states.has(value.id);
  if (value.kind === "inQuery") return readsState(value.value, states);
  return value.kind === "call" && value.args.some((arg) => readsState(arg, states));
}

function scanned(
  node: Syntax,
  input: Rel,
  row: number,
  parts: Pick<Scan, "declared" | "steps" | "state">,
  context: BindContext,
): Rel {
  const matchName = namedParameter(node, "with_match_id");
  const matchId = matchName === undefined ? undefined : context.newColumn(matchName, "long", false);
  const order = context.newColumn("$ordinal", "long", false);
  const added = parts.declared.filter((item) => item.replaces === undefined).map((item) => item.column);
  const replaced = input.columns.map(
    (column) => parts.declared.find((item) => item.replaces === column.id)?.column ?? column,
  );
  const all: Scan = {
    kind: "scan",
    input,
    row,
    ...parts,
    ...(matchId === undefined ? {} : { matchId }),
    order,
    columns: [...replaced, ...added, ...(matchId === undefined ? [] : [matchId])],
    hidden: [...input.hidden, order],
    ordering: [{ column: order.id, descending: false, nullsFirst: true }],
    origin: node.span,
  };
  const items: Item[] = withOfficialNames(node, all.columns).map((column) => pass(column));
  return project(all, items, node.span);
}
