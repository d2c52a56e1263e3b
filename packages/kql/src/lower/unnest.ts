import type { Unnest, UnnestItem } from "../ir/rel.ts";
import type { Scalar } from "../ir/scalar.ts";
import type { SqlExpr, SqlFrom, SqlItem, SqlSelect } from "../sql/ast.ts";
import {
  call,
  cases,
  cast,
  column,
  equal,
  freshName,
  isNull,
  list,
  number,
  once,
  subtract,
  text,
  value,
} from "../sql/build.ts";
import { type LowerScope, lowerScalar, sqlName } from "./scalar.ts";

/** The elements of a dynamic value as a SQL list: of an array, of a bag (one single-property bag each), of a scalar. */
function elements(json: SqlExpr, item: UnnestItem): SqlExpr {
  const kind = call("json_type", json);
  const pairs = item.bagAsArray ? "goshawk_bag_pairs" : "goshawk_bag_properties";
  return cases(
    [
      [isNull(json), cast(value(null), "VARCHAR[]")],
      [equal(kind, text("ARRAY")), cast(call("from_json", json, text('["JSON"]')), "VARCHAR[]")],
      [equal(kind, text("OBJECT")), cast(call("from_json", call(pairs, json), text('["JSON"]')), "VARCHAR[]")],
    ],
    list(json),
  );
}

/** Rows that no array gives are counted: without a list where their number is known. */
function lowerCounted(
  rel: Unnest,
  count: Scalar,
  from: SqlFrom,
  scope: LowerScope,
  passed: readonly SqlItem[],
): SqlSelect {
  const [alias, at] = [freshName("n"), freshName("i")];
  const index = rel.index === undefined ? [] : [{ value: column(at), alias: sqlName(rel.index.id) }];
  const counter = (of: SqlExpr): SqlFrom => ({ kind: "counter", count: of, alias, column: at });
  if (count.kind === "literal" && passed.length === 0)
    return { kind: "select", items: index, from: counter(lowerScalar(count, scope)) };
  const size = freshName("l");
  const prepared: SqlSelect = {
    kind: "select",
    star: true,
    items: [{ value: lowerScalar(count, scope), alias: size }],
    from,
  };
  const numbers: SqlSelect = { kind: "select", items: [{ value: column(at), alias: at }], from: counter(column(size)) };
  return {
    kind: "select",
    items: [...passed, ...index],
    from: {
      kind: "join",
      join: "cross lateral",
      left: { kind: "derived", query: prepared, alias: freshName("u") },
      right: { kind: "derived", query: numbers, alias: freshName("n") },
    },
  };
}

/** Rows are numbered up to the longest of the lists; a row whose values are all null stands once, empty arrays give no row. */
export function lowerUnnest(rel: Unnest, from: SqlFrom, scope: LowerScope, passed: readonly SqlItem[]): SqlSelect {
  if (rel.count !== undefined) return lowerCounted(rel, rel.count, from, scope, passed);
  const lists = rel.arrays.map((item) => ({ item, name: freshName("l") }));
  const prepared: SqlSelect = {
    kind: "select",
    star: true,
    items: lists.map(({ item, name }) => ({
      value: once(lowerScalar(item.value, scope), (json) => elements(json, item)),
      alias: name,
    })),
    from,
  };
  const longest = lists.map(({ name }) => call("coalesce", call("len", column(name)), number(rel.keepNull ? 1 : 0)));
  const size = longest.length === 1 ? (longest[0] ?? number(0)) : call("greatest", ...longest);
  const bounded = rel.limit === undefined ? size : call("least", size, number(rel.limit));
  const at = freshName("i");
  const position = column(at);
  const items: SqlItem[] = lists.map(({ item, name }) => ({
    value: call("nullif", call("list_extract", column(name), position), text("null")),
    alias: sqlName(item.column.id),
  }));
  if (rel.index !== undefined)
    items.push({ value: cast(subtract(position, number(1)), "BIGINT"), alias: sqlName(rel.index.id) });
  return {
    kind: "select",
    items: [...passed, ...items],
    from: {
      kind: "join",
      join: "cross lateral",
      left: { kind: "derived", query: prepared, alias: freshName("u") },
      right: { kind: "derived", query: unnestRange(bounded, at), alias: freshName("n") },
    },
  };
}

function unnestRange(size: SqlExpr, at: string): SqlSelect {
  const positions = call("generate_series", number(1), size);
  return { kind: "select", items: [{ value: call("unnest", positions), alias: at }] };
}
