import type { Column } from "./column.ts";
import type { AggregateItem, Item, OrderingKey, Rel, WindowItem } from "./rel.ts";
import type { Scalar } from "./scalar.ts";
import { inputsOf } from "./walk.ts";

/** A plan as indented text, the last step first: for people, golden files and `--explain`. */
export function explain(rel: Rel): string {
  return lines(rel, 0).join("\n");
}

function lines(rel: Rel, depth: number): readonly string[] {
  const indent = "  ".repeat(depth);
  const shown = rel.columns.map((column) => columnText(column)).join(", ");
  const order = rel.ordering.length === 0 ? "" : ` ordered by ${rel.ordering.map(orderText).join(", ")}`;
  return [`${indent}${stepText(rel)} → ${shown}${order}`, ...inputsOf(rel).flatMap((input) => lines(input, depth + 1))];
}

function columnText(column: Column): string {
  return `#${column.id} ${column.name}: ${column.type}${column.nullable ? "?" : ""}`;
}

function orderText(key: OrderingKey): string {
  return `#${key.column} ${key.descending ? "desc" : "asc"} nulls ${key.nullsFirst ? "first" : "last"}`;
}

function stepText(rel: Rel): string {
  switch (rel.kind) {
    case "read":
      return `read ${rel.table}`;
    case "values":
      return `values (${rel.rows.length} rows)`;
    case "filter":
      return `filter ${scalarText(rel.predicate)}`;
    case "project":
      return `project ${rel.items.filter(isComputed).map(itemText).join(", ")}`.trimEnd();
    case "aggregate":
      return `aggregate ${[...rel.keys.map((key) => `by ${itemText(key)}`), ...rel.aggregates.map(aggregateText)].join(", ")}`;
    case "sort":
      return "sort";
    case "limit":
      return `limit ${scalarText(rel.count)}`;
    case "join":
      return `${rel.join} join on ${rel.on.map((key) => `${scalarText(key.left)} = ${scalarText(key.right)}`).join(" and ")}`;
    case "union":
      return "union";
    case "unnest":
      return `unnest ${[...rel.arrays.map((item) => `#${item.column.id} = ${scalarText(item.value)}`), ...(rel.count === undefined ? [] : [scalarText(rel.count)])].join(", ")}`;
    case "window":
      return `window ${rel.items.map(windowText).join(", ")}`;
    case "apply":
      return "apply";
    case "iterate":
      return "iterate";
    case "last":
      return rel.all ? "all rounds" : "last round";
    case "scan":
      return `scan ${rel.steps.map((step) => `${scalarText(step.condition)} (${step.output})`).join("; ")}`;
  }
}

function isComputed(item: Item): boolean {
  return item.value.kind !== "column" || item.value.id !== item.column.id;
}

function itemText(item: Item): string {
  return `#${item.column.id} = ${scalarText(item.value)}`;
}

function aggregateText({ column, call }: AggregateItem): string {
  const filter = call.filter === undefined ? "" : ` where ${scalarText(call.filter)}`;
  return `#${column.id} = ${call.name}(${call.args.map(scalarText).join(", ")}${filter})`;
}

function windowText(item: WindowItem): string {
  return `#${item.column.id} = ${item.name}(${item.args.map(scalarText).join(", ")})`;
}

function scalarText(expr: Scalar): string {
  switch (expr.kind) {
    case "column":
      return `#${expr.id}`;
    case "literal":
      return typeof expr.value === "string" ? JSON.stringify(expr.value) : String(expr.value);
    case "call":
      return `${expr.name}(${expr.args.map(scalarText).join(", ")})`;
    case "scalarQuery":
      return `(${lines(expr.query, 0).join("; ")})`;
    case "inQuery":
      return `${scalarText(expr.value)} in (${lines(expr.query, 0).join("; ")})`;
  }
}
