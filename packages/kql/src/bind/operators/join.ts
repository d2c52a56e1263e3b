import { refuse } from "../../diagnostics/diagnostic.ts";
import { commonType } from "../../functions/resolve.ts";
import { aggregate, columnById, join as joinRel } from "../../ir/build.ts";
import type { Column } from "../../ir/column.ts";
import type { Item, Join, JoinKey, Rel } from "../../ir/rel.ts";
import { columnRef, type Scalar } from "../../ir/scalar.ts";
import { child, list, nameOf, type Syntax } from "../../syntax/tree.ts";
import { aggregateCall, convertTo } from "../call.ts";
import type { BindContext, Environment, Scope } from "../context.ts";
import { type TabularOperator, tabularOperator } from "../operator.ts";
import { withOfficialNames } from "../outputNames.ts";
import { namedParameter } from "../parameters.ts";
import { columnNamed } from "../scope.ts";

/** Kusto's kinds: the relational join, and whether the left side first keeps one row a key. */
const kinds: Readonly<
  Record<string, { readonly join: Join["join"]; readonly swap?: boolean; readonly unique?: boolean }>
> = {
  innerunique: { join: "inner", unique: true },
  inner: { join: "inner" },
  leftouter: { join: "left" },
  rightouter: { join: "right" },
  fullouter: { join: "full" },
  leftsemi: { join: "semi" },
  rightsemi: { join: "semi", swap: true },
  leftanti: { join: "anti" },
  anti: { join: "anti" },
  leftantisemi: { join: "anti" },
  rightanti: { join: "anti", swap: true },
  rightantisemi: { join: "anti", swap: true },
};

export const join: TabularOperator = tabularOperator({
  keyword: "join",
  kinds: ["JoinOperator"],
  bind: (node, input, env, context) => {
    const name = namedParameter(node, "kind")?.toLowerCase() ?? "innerunique";
    const kind = kinds[name];
    if (kind === undefined)
      return refuse("unsupported-argument", node.span, {
        name: "join",
        argument: `kind=${name}`,
        reason: "there is no such kind",
      });
    const right = context.tabular(child(node, "Expression"), env);
    const on = joinKeys(node, input, right, env, context);
    const left = kind.unique === true ? oneRowAKey(input, on, node, context) : { rel: input, on };
    if (kind.join === "semi" || kind.join === "anti") return oneSided(kind, left.rel, right, left.on, node);
    return twoSided(kind.join, left.rel, right, left.on, node, context);
  },
});

export const lookup: TabularOperator = tabularOperator({
  keyword: "lookup",
  kinds: ["LookupOperator"],
  bind: (node, input, env, context) => {
    const kind = namedParameter(node, "kind")?.toLowerCase() ?? "leftouter";
    const right = context.tabular(child(node, "Expression"), env);
    const on = joinKeys(node, input, right, env, context);
    const keys = new Set(on.flatMap((key) => (key.right.kind === "column" ? [key.right.id] : [])));
    const shown = right.columns.filter((column) => !keys.has(column.id));
    return twoSided(kind === "inner" ? "inner" : "left", input, { ...right, columns: shown }, on, node, context, right);
  },
});

/** The equalities of `on a, $left.b == $right.c`; both sides are brought to one type. */
function joinKeys(node: Syntax, left: Rel, right: Rel, env: Environment, context: BindContext): readonly JoinKey[] {
  const clause =
    child(node, "ConditionClause").kind === "" ? child(node, "LookupClause") : child(node, "ConditionClause");
  const scope: Scope = {
    columns: [],
    env,
    context,
    rows: new Map([
      ["$left", left.columns],
      ["$right", right.columns],
    ]),
  };
  return list(clause, "Expressions").flatMap((item) => keysOf(item, left, right, scope));
}

function keysOf(item: Syntax, left: Rel, right: Rel, scope: Scope): readonly JoinKey[] {
  if (item.kind === "ParenthesizedExpression") return keysOf(child(item, "Expression"), left, right, scope);
  if (item.kind === "NameReference") {
    const name = nameOf(item);
    const sides: readonly [Scalar, Scalar] = [
      columnRef(columnNamed(left.columns, name, item.span)),
      columnRef(columnNamed(right.columns, name, item.span)),
    ];
    return [keyOf(sides[0], sides[1], item)];
  }
  if (item.kind === "AndExpression")
    return [...keysOf(child(item, "Left"), left, right, scope), ...keysOf(child(item, "Right"), left, right, scope)];
  if (item.kind === "EqualExpression") {
    const a = scope.context.scalar(child(item, "Left"), scope);
    const b = scope.context.scalar(child(item, "Right"), scope);
    return [readsOnly(a, left) ? keyOf(a, b, item) : keyOf(b, a, item)];
  }
  return refuse("unsupported-syntax", item.span, {
    construct: "This join condition",
    reason: "only equalities of $left and $right columns can be joined on",
  });
}

function readsOnly(value: Scalar, rel: Rel): boolean {
  if (value.kind === "column") return rel.columns.some((column) => column.id === value.id);
  return value.kind !== "call" || value.args.every((arg) => readsOnly(arg, rel));
}

function keyOf(left: Scalar, right: Scalar, at: Syntax): JoinKey {
  const type = commonType([left.type, right.type]) ?? left.type;
  return { left: convertTo(left, type, at.span), right: convertTo(right, type, at.span) };
}

/**
 * `innerunique`: of the left rows with equal keys one goes on; which one, Kusto does not promise. Here it is the first
 * where the rows have an order, else the earliest event.
 */
function oneRowAKey(
  input: Rel,
  on: readonly JoinKey[],
  node: Syntax,
  context: BindContext,
): { readonly rel: Rel; readonly on: readonly JoinKey[] } {
  const keys: Item[] = on.map((key) => ({
    column: context.newColumn("$key", key.left.type, key.left.nullable),
    value: key.left,
  }));
  const first = firstBy(input);
  const rest = input.columns.map((column) => ({
    column,
    call:
      first === undefined
        ? aggregateCall("first of group", [columnRef(column)], node.span).call
        : aggregateCall("arg_min", [columnRef(column), columnRef(first)], node.span).call,
  }));
  const grouped = aggregate(input, keys, rest, node.span);
  return {
    rel: { ...grouped, columns: input.columns, hidden: keys.map((key) => key.column) },
    on: on.map((key, index) => {
      const column = keys[index]?.column;
      return column === undefined ? key : { left: columnRef(column), right: key.right };
    }),
  };
}

function firstBy(input: Rel): Column | undefined {
  const [key, ...more] = input.ordering;
  if (key !== undefined) return more.length === 0 && !key.descending ? columnById(input, key.column) : undefined;
  return input.columns.find((column) => column.name === "Timestamp" || column.name === "TimeGenerated");
}

function oneSided(
  kind: { readonly join: Join["join"]; readonly swap?: boolean },
  left: Rel,
  right: Rel,
  on: readonly JoinKey[],
  node: Syntax,
): Rel {
  const [kept, other] = kind.swap === true ? [right, left] : [left, right];
  const keys = kind.swap === true ? on.map((key) => ({ left: key.right, right: key.left })) : on;
  const items: Item[] = kept.columns.map((column) => ({ column, value: columnRef(column) }));
  return joinRel({ join: kind.join, left: kept, right: other, on: keys, items, origin: node.span });
}

function twoSided(
  kind: Join["join"],
  left: Rel,
  shown: Pick<Rel, "columns">,
  on: readonly JoinKey[],
  node: Syntax,
  context: BindContext,
  right: Rel = shown as Rel,
): Rel {
  const outerLeft = kind === "right" || kind === "full";
  const outerRight = kind === "left" || kind === "full";
  const sides = [
    ...left.columns.map((column) => ({ column, outer: outerLeft })),
    ...shown.columns.map((column) => ({ column, outer: outerRight })),
  ];
  const made = sides.map(({ column, outer }) =>
    context.newColumn(column.name, column.type, column.type !== "string" && (column.nullable || outer)),
  );
  const columns = withOfficialNames(node, made);
  const items: Item[] = sides.flatMap(({ column, outer }, index) => {
    const target = columns[index];
    if (target === undefined) return [];
    const source = columnRef(column);
    return [{ column: target, value: outer ? { ...source, nullable: true } : source }];
  });
  return joinRel({ join: kind, left, right, on, items, origin: node.span });
}
