import type {
  SqlCall,
  SqlExpr,
  SqlFrom,
  SqlOrder,
  SqlQuery,
  SqlSelect,
  SqlType,
  SqlUnionAll,
  SqlValue,
} from "./ast.ts";
import type { Dialect } from "./dialect.ts";
import { hoist } from "./hoist.ts";

/** SQL text and the values of its parameters `$1`, `$2`, …, in order. */
export interface PrintedSql {
  readonly text: string;
  readonly parameters: readonly string[];
}

interface Printer {
  readonly dialect: Dialect;
  readonly parameters: string[];
  readonly places: Map<string, number>;
}

/** Prints a query; the only place where identifiers and literals are quoted. */
export function printQuery(query: SqlQuery, dialect: Dialect): PrintedSql {
  const printer: Printer = { dialect, parameters: [], places: new Map() };
  return { text: printBody(query, printer, ""), parameters: printer.parameters };
}

/** An identifier for SQL text. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text literal for SQL text. */
export function quoteText(text: string): string {
  // DuckDB cuts a statement at U+0000, so such a character is made by chr(0).
  if (text.includes("\0")) return `concat(${text.split("\0").map(quoteText).join(", chr(0), ")})`;
  return `'${text.replaceAll("'", "''")}'`;
}

function printBody(query: SqlQuery, printer: Printer, indent: string): string {
  switch (query.kind) {
    case "select":
      return printSelect(hoist(query), printer, indent);
    case "unionAll":
      return printUnion(query, printer, indent);
    case "with": {
      const deeper = `${indent}  `;
      const tables = query.tables.map((table) => {
        const columns = table.columns === undefined ? "" : ` (${table.columns.map(quoteIdentifier).join(", ")})`;
        const key = table.key === undefined ? "" : ` using key (${quoteIdentifier(table.key)})`;
        const how = table.materialized ? "materialized " : "";
        return `${quoteIdentifier(table.name)}${columns}${key} as ${how}(\n${deeper}${printBody(table.query, printer, deeper)}\n${indent})`;
      });
      const keyword = query.recursive ? "with recursive" : "with";
      return `${keyword} ${tables.join(`,\n${indent}`)}\n${indent}${printBody(query.query, printer, indent)}`;
    }
  }
}

function printUnion(query: SqlUnionAll, printer: Printer, indent: string): string {
  return query.inputs
    .map((input) => `(${printBody(input, printer, indent)})`)
    .join(`\n${indent}${query.distinct === true ? "union" : "union all"}\n${indent}`);
}

function printSelect(select: SqlSelect, printer: Printer, indent: string): string {
  const items = select.items.map((item) => {
    const text = printExpr(item.value, printer, indent);
    const name = quoteIdentifier(item.alias);
    return text === name ? name : `${text} as ${name}`;
  });
  const shown = [...(select.star === true ? ["*"] : []), ...items];
  const distinct =
    select.distinctOn === undefined
      ? ""
      : `distinct on (${select.distinctOn.map((key) => printExpr(key, printer, indent)).join(", ")}) `;
  const parts = [`select ${distinct}${shown.length === 0 ? "1 as _" : shown.join(", ")}`];
  if (select.from !== undefined) parts.push(`from ${printFrom(select.from, printer, indent)}`);
  if (select.where !== undefined) parts.push(`where ${printExpr(select.where, printer, indent)}`);
  if (select.groupBy !== undefined && select.groupBy.length > 0)
    parts.push(`group by ${select.groupBy.map((key) => printExpr(key, printer, indent)).join(", ")}`);
  if (select.qualify !== undefined) parts.push(`qualify ${printExpr(select.qualify, printer, indent)}`);
  if (select.orderBy !== undefined && select.orderBy.length > 0)
    parts.push(`order by ${printOrder(select.orderBy, printer, indent)}`);
  if (select.limit !== undefined) parts.push(`limit ${printExpr(select.limit, printer, indent)}`);
  return parts.join(`\n${indent}`);
}

function printFrom(from: SqlFrom, printer: Printer, indent: string): string {
  const deeper = `${indent}  `;
  switch (from.kind) {
    case "table":
      return from.schema === undefined ? quoteIdentifier(from.name) : `${from.schema}.${quoteIdentifier(from.name)}`;
    case "derived":
      return `(\n${deeper}${printBody(from.query, printer, deeper)}\n${indent}) as ${quoteIdentifier(from.alias)}`;
    case "unnest":
      return `unnest(${printExpr(from.list, printer, indent)}) as ${quoteIdentifier(from.alias)}(${quoteIdentifier(from.column)})`;
    case "counter":
      return `range(0, ${printExpr(from.count, printer, indent)}) as ${quoteIdentifier(from.alias)}(${quoteIdentifier(from.column)})`;
    case "rows": {
      const rows = from.rows.map((row) => `(${row.map((cell) => printExpr(cell, printer, indent)).join(", ")})`);
      const columns = from.columns.map(quoteIdentifier).join(", ");
      return `(values ${rows.join(", ")}) as ${quoteIdentifier(from.alias)}(${columns})`;
    }
    case "join": {
      const left = printFrom(from.left, printer, indent);
      const right = printFrom(from.right, printer, indent);
      if (from.join === "cross") return `${left}\n${indent}cross join ${right}`;
      if (from.join === "cross lateral") return `${left}\n${indent}cross join lateral ${right}`;
      const on = from.on === undefined ? "true" : printExpr(from.on, printer, indent);
      return `${left}\n${indent}${from.join} join ${right} on ${on}`;
    }
  }
}

function printOrder(keys: readonly SqlOrder[], printer: Printer, indent: string): string {
  return keys
    .map((key) => {
      const direction = key.descending ? "desc" : "asc";
      return `${printExpr(key.value, printer, indent)} ${direction} nulls ${key.nullsFirst ? "first" : "last"}`;
    })
    .join(", ");
}

function printExpr(expr: SqlExpr, printer: Printer, indent: string): string {
  const print = (inner: SqlExpr): string => printExpr(inner, printer, indent);
  switch (expr.kind) {
    case "column":
      return expr.source === undefined
        ? quoteIdentifier(expr.name)
        : `${quoteIdentifier(expr.source)}.${quoteIdentifier(expr.name)}`;
    case "value":
      return printValue(expr, printer);
    case "constant":
      return quoteText(expr.text);
    case "call":
      return printCall(expr, printer, indent);
    case "over": {
      const partition = expr.partitionBy.length === 0 ? "" : `partition by ${expr.partitionBy.map(print).join(", ")}`;
      const order = expr.orderBy.length === 0 ? "" : `order by ${printOrder(expr.orderBy, printer, indent)}`;
      const window = [partition, order, expr.frame ?? ""].filter((part) => part !== "").join(" ");
      return `${printCall(expr.call, printer, indent, expr.ignoreNulls === true)} over (${window})`;
    }
    case "operation":
      return printOperation(expr.operator, expr.args.map(print));
    case "cast":
      return `${expr.lenient ? "try_cast" : "cast"}(${print(expr.arg)} as ${typeName(expr.type, printer)})`;
    case "case": {
      const branches = expr.branches.map((branch) => `when ${print(branch.when)} then ${print(branch.value)}`);
      return `case ${branches.join(" ")} else ${print(expr.otherwise)} end`;
    }
    case "list":
      return `[${expr.items.map(print).join(", ")}]`;
    case "struct":
      return `{${expr.fields.map((entry) => `${quoteText(entry.name)}: ${print(entry.value)}`).join(", ")}}`;
    case "field":
      return `struct_extract(${print(expr.arg)}, ${quoteText(expr.name)})`;
    case "lambda":
      return `lambda ${expr.parameters.map(quoteIdentifier).join(", ")}: ${print(expr.body)}`;
    case "subquery":
      return `(${printBody(expr.query, printer, `${indent}  `)})`;
    case "membership":
      if ("kind" in expr.items) return `(${print(expr.arg)} in (${printBody(expr.items, printer, `${indent}  `)}))`;
      if (expr.items.length === 0) return "false";
      return `(${print(expr.arg)} in (${expr.items.map(print).join(", ")}))`;
    case "once":
      return print({
        kind: "call",
        name: "list_extract",
        args: [
          {
            kind: "call",
            name: "list_transform",
            args: [
              { kind: "list", items: [expr.value] },
              { kind: "lambda", parameters: [expr.name], body: expr.body },
            ],
          },
          { kind: "value", value: 1n },
        ],
      });
  }
}

function printCall(call: SqlCall, printer: Printer, indent: string, ignoreNulls = false): string {
  const args = call.args.map((arg) => printExpr(arg, printer, indent)).join(", ");
  const order = call.orderBy === undefined ? "" : ` order by ${printOrder(call.orderBy, printer, indent)}`;
  const distinct = call.distinct === true ? "distinct " : "";
  const filter = call.filter === undefined ? "" : ` filter (where ${printExpr(call.filter, printer, indent)})`;
  return `${call.name}(${distinct}${args}${order}${ignoreNulls ? " ignore nulls" : ""})${filter}`;
}

function printOperation(operator: string, args: readonly string[]): string {
  const [first = "", second] = args;
  if (operator === "is null" || operator === "is not null") return `(${first} ${operator})`;
  if (second === undefined)
    return operator === "not" ? `(not ${first})` : `(${operator}${first.startsWith("-") ? " " : ""}${first})`;
  return `(${first} ${operator} ${second})`;
}

function typeName(type: SqlType, printer: Printer): string {
  return type === "DECIMAL" ? printer.dialect.decimal : type;
}

function printValue(of: SqlValue, printer: Printer): string {
  const printed = plainValue(of.value, printer);
  return of.type === undefined ? printed : `cast(${printed} as ${typeName(of.type, printer)})`;
}

function plainValue(of: SqlValue["value"], printer: Printer): string {
  if (of === null) return "null";
  switch (typeof of) {
    case "boolean":
      return String(of);
    case "bigint":
      return of < 0n ? `(${of})` : String(of);
    case "number":
      return printReal(of);
    case "string":
      return parameter(of, printer);
  }
}

function printReal(of: number): string {
  if (Number.isNaN(of)) return "cast('nan' as DOUBLE)";
  if (!Number.isFinite(of)) return `cast('${of > 0 ? "" : "-"}infinity' as DOUBLE)`;
  if (Object.is(of, -0)) return "cast('-0.0' as DOUBLE)";
  return `cast(${of < 0 ? `(${of})` : of} as DOUBLE)`;
}

function parameter(text: string, printer: Printer): string {
  let place = printer.places.get(text);
  if (place === undefined) {
    printer.parameters.push(text);
    place = printer.parameters.length;
    printer.places.set(text, place);
  }
  return `$${place}`;
}
