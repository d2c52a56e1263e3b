import type { SqlCall, SqlExpr, SqlOrder } from "./ast.ts";

/** Rebuilds an expression with `change` applied to each direct operand; queries inside are left alone. */
export function mapOperands(expr: SqlExpr, change: (operand: SqlExpr) => SqlExpr): SqlExpr {
  const orders = (keys: readonly SqlOrder[]): readonly SqlOrder[] =>
    keys.map((key) => ({ ...key, value: change(key.value) }));
  const mapCall = (call: SqlCall): SqlCall => ({
    ...call,
    args: call.args.map(change),
    ...(call.orderBy === undefined ? {} : { orderBy: orders(call.orderBy) }),
    ...(call.filter === undefined ? {} : { filter: change(call.filter) }),
  });
  switch (expr.kind) {
    case "column":
    case "value":
    case "constant":
    case "subquery":
      return expr;
    case "call":
      return mapCall(expr);
    case "over":
      return {
        ...expr,
        call: mapCall(expr.call),
        partitionBy: expr.partitionBy.map(change),
        orderBy: orders(expr.orderBy),
      };
    case "operation":
      return { ...expr, args: expr.args.map(change) };
    case "cast":
    case "field":
      return { ...expr, arg: change(expr.arg) };
    case "case":
      return {
        ...expr,
        branches: expr.branches.map((branch) => ({ when: change(branch.when), value: change(branch.value) })),
        otherwise: change(expr.otherwise),
      };
    case "list":
      return { ...expr, items: expr.items.map(change) };
    case "struct":
      return { ...expr, fields: expr.fields.map((entry) => ({ ...entry, value: change(entry.value) })) };
    case "lambda":
      return { ...expr, body: change(expr.body) };
    case "membership":
      return { ...expr, arg: change(expr.arg), items: "kind" in expr.items ? expr.items : expr.items.map(change) };
    case "once":
      return { ...expr, value: change(expr.value), body: change(expr.body) };
  }
}

/** The names of the columns that an expression reads (lambda parameters among them). */
export function columnNames(expr: SqlExpr, found: Set<string> = new Set()): Set<string> {
  if (expr.kind === "column") found.add(expr.name);
  mapOperands(expr, (operand) => {
    columnNames(operand, found);
    return operand;
  });
  return found;
}
