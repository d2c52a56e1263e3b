import { refuse } from "../../diagnostics/diagnostic.ts";
import { filter, window } from "../../ir/build.ts";
import { columnRef, literal } from "../../ir/scalar.ts";
import { nameOf } from "../../syntax/tree.ts";
import { bindPredicate } from "../predicate.ts";
import { columnNamed, scopeOf } from "../scope.ts";
import { argumentsOf } from "../userFunction.ts";
import { constantArgument, type Plugin, required, scalarArgument } from "./define.ts";
import { quoted, runTemplate } from "./template.ts";

export const rollingPercentile: Plugin = {
  name: "rolling_percentile",
  summary: "A percentile over the bins of a window that ends with each bin.",
  bind: (call) => {
    const named = (index: number, name: string): string => {
      const node = required(call, index, name);
      return columnNamed(call.input.columns, nameOf(node), node.span).name;
    };
    const [value, index] = [named(0, "ValueColumn"), named(2, "IndexColumn")];
    const percent = Number(constantArgument(call, 1, "Percentile") ?? 0);
    const bins = Number(constantArgument(call, 4, "BinsPerWindow") ?? 1);
    const by = argumentsOf(call.call)
      .slice(5)
      .map((node) => quoted(columnNamed(call.input.columns, nameOf(node), node.span).name));
    const keys = [quoted(index), ...by].join(", ");
    const result = quoted(`rolling_${bins}_percentile_${value}_${percent}`);
    const text = `
      let B = T | extend __b = bin(${quoted(index)}, bin_size);
      let __last = toscalar(B | summarize max(__b));
      B
      | mv-expand __k = range(0, ${Math.max(1, Math.trunc(bins))} - 1, 1) to typeof(long)
      | extend ${quoted(index)} = __b + __k * bin_size
      | where ${quoted(index)} <= __last
      | summarize ${result} = percentile(${quoted(value)}, ${percent}) by ${keys}`;
    const bin_size = scalarArgument(required(call, 3, "BinSize"), call);
    return runTemplate(call, text, { tables: { T: { ...call.input, ordering: [] } }, scalars: { bin_size } });
  },
};

export const rowsNear: Plugin = {
  name: "rows_near",
  summary: "The rows before and after those for which a condition holds.",
  bind: (call) => {
    const { node, input, env, context } = call;
    if (input.ordering.length === 0) return refuse("not-serialized", call.call.span, { name: "rows_near" });
    const condition = bindPredicate(required(call, 0, "Condition"), scopeOf(input, env, context));
    const before = BigInt(String(constantArgument(call, 1, "NumRows") ?? 0));
    const after = BigInt(String(constantArgument(call, 2, "RowsAfter") ?? before));
    const near = context.newColumn("$near", "bool", false);
    const marked = window(
      input,
      [
        {
          column: near,
          name: "true nearby",
          // A row is kept when the condition holds so many rows after it, or before it.
          args: [condition, literal("long", after), literal("long", before)],
          partitionBy: [],
          orderBy: input.ordering,
          origin: node.span,
        },
      ],
      node.span,
    );
    const kept = { ...marked, columns: input.columns, hidden: [...input.hidden, near] };
    return filter(kept, columnRef(near), node.span);
  },
};

export const schemaMerge: Plugin = {
  name: "schema_merge",
  summary: "Schemas of several tables, as getschema gives them, made one.",
  bind: (call) => {
    const text = `
      T
      | summarize ColumnOrdinal = max(ColumnOrdinal), take_any(DataType), take_any(ColumnType) by ColumnName
      | sort by ColumnOrdinal asc, ColumnName asc
      | project ColumnName, ColumnOrdinal = toint(row_number(0)), DataType, ColumnType`;
    return runTemplate(call, text, { tables: { T: { ...call.input, ordering: [] } } });
  },
};

export const dcountIntersect: Plugin = {
  name: "dcount_intersect",
  summary: "How many values the first, the first two, the first three … states of hll() have in common.",
  approximate: "counts of unions, added and subtracted",
  bind: (call) => {
    const sets = argumentsOf(call.call).map((node) =>
      quoted(columnNamed(call.input.columns, nameOf(node), node.span).name),
    );
    if (sets.length > MOST_SETS)
      return refuse("unsupported-argument", call.call.span, {
        name: "dcount_intersect",
        argument: `${sets.length} sets`,
        reason: `at most ${MOST_SETS} can be intersected`,
      });
    const counts = sets.map((_, index) => `s${index} = tolong(max_of(0, ${intersection(sets.slice(0, index + 1))}))`);
    return runTemplate(call, `T | extend ${counts.join(", ")}`, { tables: { T: call.input } });
  },
};

const MOST_SETS = 6;

/** The size of an intersection from the sizes of unions, by inclusion and exclusion. */
function intersection(sets: readonly string[]): string {
  const [first, ...rest] = sets;
  if (first === undefined) return "0";
  let choices: readonly (readonly string[])[] = [[]];
  for (const set of [first, ...rest]) choices = [...choices, ...choices.map((chosen) => [...chosen, set])];
  return choices
    .filter((chosen) => chosen.length > 0)
    .map((chosen) => {
      const union = chosen.length === 1 ? chosen.join("") : `hll_merge(${chosen.join(", ")})`;
      return `${chosen.length % 2 === 1 ? "+" : "-"} dcount_hll(${union})`;
    })
    .join(" ");
}
