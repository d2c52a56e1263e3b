import type { SqlExpr, SqlFrom, SqlItem, SqlSelect } from "./ast.ts";
import { call, freshName, list, number } from "./build.ts";
import { columnNames, mapOperands } from "./map.ts";

interface Named {
  readonly name: string;
  readonly value: SqlExpr;
  readonly level: number;
}

/** Moves every `once` of a SELECT into derived tables below it, a level for each step of dependence. */
export function hoist(select: SqlSelect): SqlSelect {
  const named: Named[] = [];
  const strip = (expr: SqlExpr): SqlExpr => stripOnce(expr, named, new Set());
  const orders = select.orderBy?.map((key) => ({ ...key, value: strip(key.value) }));
  const stripped: SqlSelect = {
    ...select,
    items: select.items.map((item) => ({ ...item, value: strip(item.value) })),
    ...(select.where === undefined ? {} : { where: strip(select.where) }),
    ...(select.qualify === undefined ? {} : { qualify: strip(select.qualify) }),
    ...(select.groupBy === undefined ? {} : { groupBy: select.groupBy.map(strip) }),
    ...(orders === undefined ? {} : { orderBy: orders }),
  };
  if (named.length === 0) return select;
  return { ...stripped, from: withNamed(stripped.from, named) };
}

function withNamed(from: SqlFrom | undefined, named: readonly Named[]): SqlFrom {
  const highest = Math.max(...named.map((item) => item.level));
  let below = from;
  for (let level = 0; level <= highest; level++) {
    const items: SqlItem[] = named
      .filter((item) => item.level === level)
      .map((item) => ({ alias: item.name, value: item.value }));
    const query: SqlSelect = {
      kind: "select",
      star: below !== undefined,
      items,
      ...(below === undefined ? {} : { from: below }),
    };
    below = { kind: "derived", query, alias: freshName("h") };
  }
  return below as SqlFrom;
}

function stripOnce(expr: SqlExpr, named: Named[], bound: ReadonlySet<string>): SqlExpr {
  if (expr.kind === "lambda") {
    const inside = new Set([...bound, ...expr.parameters]);
    return { ...expr, body: stripOnce(expr.body, named, inside) };
  }
  if (expr.kind === "once") {
    const value = stripOnce(expr.value, named, bound);
    const reads = columnNames(value);
    if ([...reads].some((name) => bound.has(name))) return inLambda(expr.name, value, expr.body, named, bound);
    const level = Math.max(-1, ...named.filter((item) => reads.has(item.name)).map((item) => item.level)) + 1;
    named.push({ name: expr.name, value, level });
    return stripOnce(expr.body, named, bound);
  }
  if (expr.kind === "call" && expr.name === "try")
    return { ...expr, args: expr.args.map((arg) => liftQueries(arg, named, bound)) };
  return mapOperands(expr, (operand) => stripOnce(operand, named, bound));
}

/** DuckDB takes no subquery inside `try()`. */
function liftQueries(expr: SqlExpr, named: Named[], bound: ReadonlySet<string>): SqlExpr {
  if (expr.kind === "subquery") {
    const name = freshName("q");
    named.push({ name, value: expr, level: 0 });
    return { kind: "column", name };
  }
  if (expr.kind === "once" || expr.kind === "lambda") return stripOnce(expr, named, bound);
  return mapOperands(expr, (operand) => liftQueries(operand, named, bound));
}

/** What depends on a lambda's parameter can't leave the lambda: a list of one, transformed, names it there. */
function inLambda(name: string, value: SqlExpr, body: SqlExpr, named: Named[], bound: ReadonlySet<string>): SqlExpr {
  const inner = stripOnce(body, named, new Set([...bound, name]));
  return call(
    "list_extract",
    call("list_transform", list(value), { kind: "lambda", parameters: [name], body: inner }),
    number(1),
  );
}
