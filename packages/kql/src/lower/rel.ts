import { InvariantError } from "../diagnostics/diagnostic.ts";
import { windowFunctionNamed } from "../functions/windows/index.ts";
import { allColumns, columnById } from "../ir/build.ts";
import type { Column } from "../ir/column.ts";
import type {
  Aggregate,
  Apply,
  Iterate,
  Join,
  Last,
  Limit,
  OrderingKey,
  Read,
  Rel,
  Union,
  Values,
  Window,
} from "../ir/rel.ts";
import { literal, type Scalar } from "../ir/scalar.ts";
import type { SqlExpr, SqlFrom, SqlItem, SqlOrder, SqlQuery, SqlSelect } from "../sql/ast.ts";
import { and, call, cast, coalesce, column, freshName, text, value } from "../sql/build.ts";
import { lowerAggregate } from "./aggregate.ts";
import { lowerPredicate } from "./predicate.ts";
import { keysEqual, type LowerScope, lowerScalar, sqlName, sqlTypes } from "./scalar.ts";
import { lowerScan } from "./scan.ts";
import { lowerUnnest } from "./unnest.ts";

/** Where a stored table stands in SQL, and which of its columns are there. */
export interface TableLayout {
  /** The relation that holds it; undefined when there are no rows at all. */
  readonly relation: string | undefined;
  /** Kusto name → column of the relation, and whether it may hold null. */
  readonly columns: ReadonlyMap<string, { readonly physical: string; readonly nullable: boolean }>;
}

/** What lowering a whole query shares. */
export interface LowerContext {
  layout(table: string): TableLayout;
  /** The relation that holds all rows of a read that the query can make use of, where it isn't the whole table. */
  relation?(read: Read): string | undefined;
  /** Relational nodes used more than once, which become common tables. */
  shared(rel: Rel): string | undefined;
}

/** A relational expression as a query whose columns are called `c<id>`. */
export function lowerRel(rel: Rel, context: LowerContext): SqlQuery {
  const shared = context.shared(rel);
  if (shared !== undefined) return { kind: "select", items: passAll(rel), from: { kind: "table", name: shared } };
  return lowerNode(rel, context);
}

/** As `lowerRel`, but never as a reference to a common table. */
export function lowerNode(rel: Rel, context: LowerContext): SqlQuery {
  switch (rel.kind) {
    case "read":
      return lowerRead(rel, context);
    case "values":
      return lowerValues(rel);
    case "filter":
      return {
        kind: "select",
        items: passAll(rel),
        from: derived(rel.input, context),
        where: lowerPredicate(rel.predicate, scopeOver(context)),
      };
    case "project": {
      const scope = scopeOver(context);
      const items = rel.items.map((item) => ({
        value: typedValue(item.value, item.column, scope),
        alias: sqlName(item.column.id),
      }));
      const filtered = rel.input.kind === "filter" && context.shared(rel.input) === undefined ? rel.input : undefined;
      return {
        kind: "select",
        items,
        from: derived(filtered?.input ?? rel.input, context),
        ...(filtered === undefined ? {} : { where: lowerPredicate(filtered.predicate, scope) }),
      };
    }
    case "aggregate":
      return lowerGroups(rel, context);
    case "sort":
      return lowerRel(rel.input, context);
    case "limit":
      return lowerLimit(rel, context);
    case "join":
      return lowerJoin(rel, context);
    case "union":
      return lowerUnion(rel, context);
    case "unnest":
      return lowerUnnest(rel, derived(rel.input, context), scopeOver(context), passAll(rel.input));
    case "window":
      return lowerWindow(rel, context);
    case "apply":
      return lowerApply(rel, context);
    case "iterate":
      return lowerIterate(rel, context);
    case "last":
      return lowerLast(rel);
    case "scan":
      return lowerScan(rel, derived(rel.input, context), scopeOver(context));
  }
}

export function scopeOver(context: LowerContext): LowerScope {
  return { column: (id) => column(sqlName(id)), query: (rel) => lowerRel(rel, context) };
}

function typedValue(expr: Scalar, target: Column, scope: LowerScope): SqlExpr {
  const lowered = lowerScalar(expr, scope);
  return expr.kind === "literal" && typeof expr.value === "string" ? cast(lowered, sqlTypes[target.type]) : lowered;
}

function derived(rel: Rel, context: LowerContext): SqlFrom {
  const shared = context.shared(rel);
  if (shared !== undefined) return { kind: "table", name: shared };
  return { kind: "derived", query: lowerRel(rel, context), alias: freshName("t") };
}

function passAll(rel: Rel): readonly SqlItem[] {
  return allColumns(rel).map((item) => ({ value: column(sqlName(item.id)), alias: sqlName(item.id) }));
}

function lowerRead(rel: Read, context: LowerContext): SqlSelect {
  const layout = context.layout(rel.table);
  const items = allColumns(rel).map((item): SqlItem => {
    const source = layout.columns.get(item.name);
    return { value: source === undefined ? absent(item, rel.table) : present(item, source), alias: sqlName(item.id) };
  });
  const relation = context.relation?.(rel) ?? layout.relation;
  if (relation === undefined) return { kind: "select", items, where: value(false) };
  return { kind: "select", items, from: { kind: "table", name: relation } };
}

function absent(item: Column, table: string): SqlExpr {
  // Log Analytics gives every row the name of its table.
  if (item.name === "Type" && item.type === "string") return cast(text(table), "VARCHAR");
  return item.type === "string" ? cast(text(""), "VARCHAR") : value(null, sqlTypes[item.type]);
}

function present(item: Column, source: { readonly physical: string; readonly nullable: boolean }): SqlExpr {
  const stored = column(source.physical);
  if (item.type === "decimal") return cast(stored, sqlTypes.decimal);
  return item.type === "string" && source.nullable ? coalesce(stored, text("")) : stored;
}

function lowerValues(rel: Values): SqlSelect {
  const columns = allColumns(rel);
  if (columns.length === 0)
    return { kind: "select", items: [], ...(rel.rows.length === 0 ? { where: value(false) } : {}) };
  const scope: LowerScope = { column: () => text(""), query: () => ({ kind: "select", items: [] }) };
  const cell = (item: Column, of: Values["rows"][number][number] | undefined): SqlExpr =>
    lowerScalar(literal(item.type, of ?? null), scope);
  const rows = rel.rows.map((row) => columns.map((item, index) => cell(item, row[index])));
  const none = rows.length === 0;
  return {
    kind: "select",
    items: columns.map((item) => ({
      value: cast(column(sqlName(item.id)), sqlTypes[item.type]),
      alias: sqlName(item.id),
    })),
    from: {
      kind: "rows",
      rows: none ? [columns.map((item) => cell(item, null))] : rows,
      alias: freshName("v"),
      columns: columns.map((item) => sqlName(item.id)),
    },
    ...(none ? { where: value(false) } : {}),
  };
}

function lowerGroups(rel: Aggregate, context: LowerContext): SqlSelect {
  const grouping = lowerAggregate(rel, scopeOver(context), orderOf(rel.input.ordering, rel.input));
  const from = derived(rel.input, context);
  const prepared: SqlFrom =
    grouping.prepared.length === 0
      ? from
      : {
          kind: "derived",
          query: { kind: "select", star: true, items: grouping.prepared, from },
          alias: freshName("g"),
        };
  const grouped: SqlSelect = {
    kind: "select",
    items: [...grouping.keys, ...grouping.aggregates],
    from: prepared,
    groupBy: grouping.keys.map((key) => key.value),
  };
  const keys = grouping.keys.map(({ alias }) => ({ value: column(alias), alias }));
  return {
    kind: "select",
    items: [...keys, ...grouping.results],
    from: { kind: "derived", query: grouped, alias: freshName("t") },
  };
}

/** Sort keys in SQL. NaN comes between null and the numbers, where DuckDB puts it above all. */
export function orderOf(keys: readonly OrderingKey[], input: Rel): readonly SqlOrder[] {
  return keys.flatMap((key): readonly SqlOrder[] => {
    const { descending, nullsFirst } = key;
    const of = column(sqlName(key.column));
    const plain = { value: of, descending, nullsFirst };
    if (columnById(input, key.column)?.type !== "real") return [plain];
    return [{ value: call("isnan", of), descending: !descending, nullsFirst }, plain];
  });
}

function lowerLimit(rel: Limit, context: LowerContext): SqlSelect {
  return {
    kind: "select",
    items: passAll(rel),
    from: derived(rel.input, context),
    orderBy: orderOf(rel.input.ordering, rel.input),
    limit: lowerScalar(rel.count, scopeOver(context)),
  };
}

function lowerJoin(rel: Join, context: LowerContext): SqlSelect {
  const scope = scopeOver(context);
  const keys = rel.on.map((key) =>
    keysEqual(lowerScalar(key.left, scope), lowerScalar(key.right, scope), key.left.nullable && key.right.nullable),
  );
  const from: SqlFrom = {
    kind: "join",
    join: rel.join,
    left: derived(rel.left, context),
    right: derived(rel.right, context),
    on: and(...keys),
  };
  return {
    kind: "select",
    from,
    items: rel.items.map((item) => ({ value: lowerScalar(item.value, scope), alias: sqlName(item.column.id) })),
  };
}

function lowerUnion(rel: Union, context: LowerContext): SqlQuery {
  const scope = scopeOver(context);
  const inputs = rel.inputs.map((input, index): SqlSelect => {
    const items = (rel.sources[index] ?? []).map((item) => ({
      value: cast(lowerScalar(item.value, scope), sqlTypes[item.column.type]),
      alias: sqlName(item.column.id),
    }));
    return { kind: "select", items, from: derived(input, context) };
  });
  const [only] = inputs;
  if (inputs.length === 1 && only !== undefined) return only;
  return { kind: "unionAll", inputs };
}

function lowerWindow(rel: Window, context: LowerContext): SqlSelect {
  const scope = scopeOver(context);
  const items = rel.items.map((item): SqlItem => {
    const row = windowFunctionNamed(item.name);
    if (row === undefined) throw new InvariantError(`no window function ${item.name}`);
    const lowered = row.lower(
      item.args.map((arg) => lowerScalar(arg, scope)),
      item.partitionBy.map((arg) => lowerScalar(arg, scope)),
      orderOf(item.orderBy, rel.input),
    );
    return {
      value: item.column.type === "string" ? coalesce(lowered, text("")) : lowered,
      alias: sqlName(item.column.id),
    };
  });
  return { kind: "select", items: [...passAll(rel.input), ...items], from: derived(rel.input, context) };
}

function lowerApply(rel: Apply, context: LowerContext): SqlSelect {
  const from: SqlFrom = {
    kind: "join",
    join: "cross lateral",
    left: derived(rel.input, context),
    right: derived(rel.query, context),
  };
  return { kind: "select", items: passAll(rel), from };
}

/** The columns of an iteration are those of its seed; its step gives the same ones in the same order. */
function lowerIterate(rel: Iterate, context: LowerContext): SqlQuery {
  const name = iterationName(rel.columns[0]?.id ?? 0);
  const round = (input: Rel): SqlSelect => ({
    kind: "select",
    items: input.columns.map((item, index) => ({
      value: cast(column(sqlName(item.id)), sqlTypes[rel.columns[index]?.type ?? item.type]),
      alias: sqlName(rel.columns[index]?.id ?? item.id),
    })),
    from: derived(input, context),
  });
  const rounds: SqlQuery = {
    kind: "unionAll",
    inputs: [round(rel.seed), round(rel.step)],
    ...(rel.key === undefined ? {} : { distinct: true }),
  };
  return {
    kind: "with",
    recursive: true,
    tables: [
      {
        name,
        columns: rel.columns.map((item) => sqlName(item.id)),
        query: rounds,
        materialized: false,
        ...(rel.key === undefined ? {} : { key: sqlName(rel.key) }),
      },
    ],
    query: { kind: "select", items: passAll(rel), from: { kind: "table", name } },
  };
}

function lowerLast(rel: Last): SqlSelect {
  const name = iterationName(rel.iteration);
  const items = rel.columns.map((item, index) => ({
    value: column(sqlName(rel.iterated[index] ?? item.id)),
    alias: sqlName(item.id),
  }));
  const from: SqlFrom = rel.all ? { kind: "table", name, schema: "recurring" } : { kind: "table", name };
  return { kind: "select", items, from };
}

function iterationName(id: number): string {
  return `w${id}`;
}
