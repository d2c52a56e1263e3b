import { aggregate, limit, pass, project, sort } from "../../ir/build.ts";
import type { Item, Rel } from "../../ir/rel.ts";
import type { Scalar } from "../../ir/scalar.ts";
import { child, optional, type Syntax } from "../../syntax/tree.ts";
import { aggregateCall, call, convertTo } from "../call.ts";
import type { BindContext } from "../context.ts";
import { impliedName, valueNode } from "../named.ts";
import { type TabularOperator, tabularOperator } from "../operator.ts";
import { withOfficialNames } from "../outputNames.ts";
import { scopeOf } from "../scope.ts";

/** Rows in random order, cut off. */
function atRandom(rel: Rel, count: Scalar, node: Syntax, context: BindContext): Rel {
  const key: Item = { column: context.newColumn("$random", "real", false), value: call("random order", [], node.span) };
  const made = project({ ...rel, ordering: [] }, [...rel.columns.map(pass), key], node.span);
  const hidden = { ...made, columns: rel.columns, hidden: [key.column] };
  const first = limit(
    sort(hidden, [{ column: key.column.id, descending: false, nullsFirst: true }], node.span),
    count,
    node.span,
  );
  return project({ ...first, ordering: [] }, rel.columns.map(pass), node.span);
}

export const sample: TabularOperator = tabularOperator({
  keyword: "sample",
  kinds: ["SampleOperator"],
  bind: (node, input, env, context) => {
    const count = context.scalar(child(node, "Expression"), { columns: [], env, context });
    return atRandom(input, count, node, context);
  },
});

export const sampleDistinct: TabularOperator = tabularOperator({
  keyword: "sample-distinct",
  kinds: ["SampleDistinctOperator"],
  bind: (node, input, env, context) => {
    const count = context.scalar(child(node, "Expression"), { columns: [], env, context });
    const of = valueNode(child(node, "OfExpression"));
    const value = context.scalar(of, scopeOf(input, env, context));
    const [column] = withOfficialNames(node, [
      context.newColumn(impliedName(of) ?? "Column1", value.type, value.nullable),
    ]);
    if (column === undefined) return input;
    return atRandom(aggregate(input, [{ column, value }], [], node.span), count, node, context);
  },
});

/** Kusto counts approximately; here the counts are exact. */
export const topHitters: TabularOperator = tabularOperator({
  keyword: "top-hitters",
  kinds: ["TopHittersOperator"],
  bind: (node, input, env, context) => {
    const scope = scopeOf(input, env, context);
    const count = context.scalar(child(node, "Expression"), { columns: [], env, context });
    const of = valueNode(child(node, "OfExpression"));
    const key = context.scalar(of, scope);
    const by = optional(child(node, "ByClause"), "Expression");
    const {
      call: made,
      type,
      nullable,
    } = by === undefined
      ? aggregateCall("count", [], node.span)
      : aggregateCall("sum", [context.scalar(by, scope)], node.span);
    const name = impliedName(of) ?? "Column1";
    const total = context.newColumn(
      by === undefined ? `approximate_count_${name}` : "approximate_sum_",
      type,
      nullable,
    );
    const columns = withOfficialNames(node, [context.newColumn(name, key.type, key.nullable), total]);
    const [keyColumn, totalColumn] = [columns[0], columns[1] ?? total];
    if (keyColumn === undefined) return input;
    const grouped = aggregate(
      input,
      [{ column: keyColumn, value: key }],
      [{ column: totalColumn, call: made }],
      node.span,
    );
    const order = [
      { column: totalColumn.id, descending: true, nullsFirst: false },
      { column: keyColumn.id, descending: true, nullsFirst: false },
    ];
    return limit(sort(grouped, order, node.span), convertTo(count, "long", node.span), node.span);
  },
});
