import { refuse } from "../../diagnostics/diagnostic.ts";
import { project } from "../../ir/build.ts";
import type { Column } from "../../ir/column.ts";
import type { Rel } from "../../ir/rel.ts";
import { columnRef, type Literal, literal, type Scalar } from "../../ir/scalar.ts";
import { nameOf } from "../../syntax/tree.ts";
import type { KqlType } from "../../values/type.ts";
import { call as callFunction } from "../call.ts";
import { columnNamed } from "../scope.ts";
import { type Plugin, type PluginCall, required } from "./define.ts";
import { atLeastOne, between, numberAt, splitValueAt, weightAt, wildcards } from "./patternArguments.ts";
import { quoted, runTemplate } from "./template.ts";

/** How a value is made of its text. */
const readers: Readonly<Record<KqlType, (text: string) => string>> = {
  bool: (text) => `tobool(${text})`,
  int: (text) => `toint(${text})`,
  long: (text) => `tolong(${text})`,
  real: (text) => `toreal(${text})`,
  decimal: (text) => `todecimal(${text})`,
  datetime: (text) => `todatetime(${text})`,
  timespan: (text) => `totimespan(${text})`,
  string: (text) => text,
  guid: (text) => `toguid(${text})`,
  dynamic: (text) => `todynamic(${text})`,
};

/** What is searched, and how its patterns are shown. */
interface Search {
  readonly dimensions: readonly Column[];
  /** How often a row counts for each group, in KQL over the input. */
  readonly counts: readonly string[];
  readonly least: number;
  readonly host: string;
  readonly third: Scalar;
  /** Columns between `SegmentId` and the dimensions, over the numbers `__n0`, `__n1` and their totals `__t0`, `__t1`. */
  readonly shown: string;
  readonly wildcards: ReadonlyMap<KqlType, Literal>;
  /** What `counts` names besides columns. */
  readonly constants?: Readonly<Record<string, Scalar>>;
}

/** Rows of items: values that less than the least part of all rows hold are none. */
function counted(call: PluginCall, search: Search): Rel {
  const groups = search.counts.map((_, group) => `__n${group}`);
  const keys = search.dimensions.map((column, index) => `__k${index} = tostring(${quoted(column.name)})`);
  const often = groups.map((name, group) => `${name} >= least * toscalar(R | summarize sum(__n${group}))`).join(" or ");
  const sums = groups.map((name) => `${name} = sum(${name})`).join(", ");
  const lookups = search.dimensions.map(
    (_, index) => `
      | lookup kind=leftouter (R | summarize ${sums} by __k${index} | where ${often} | project __k${index}, __f${index} = true) on __k${index}`,
  );
  const items = search.dimensions.map(
    (_, index) => `__v${index} = iff(__f${index} == true, strcat("=", __k${index}), "")`,
  );
  const values = search.dimensions.map((_, index) => `__v${index}`).join(", ");
  const text = `
    let R = materialize(T | project ${[...search.counts.map((count, group) => `__n${group} = ${count}`), ...keys].join(", ")});
    R${lookups.join("")}
    | extend ${items.join(", ")}
    | summarize ${sums} by ${values}
    | summarize __rows = make_list(tostring(pack_array(${[...groups, values].join(", ")})), 100001), ${groups.map((name, group) => `__t${group} = sum(${name})`).join(", ")}`;
  return runTemplate(call, text, {
    tables: { T: { ...call.input, ordering: [] } },
    scalars: { ...search.constants, least: literal("real", search.least) },
  });
}

function run(call: PluginCall, search: Search): Rel {
  if (search.dimensions.length === 0)
    return refuse("unsupported-syntax", call.call.span, {
      construct: "This plugin call",
      reason: "no column is left to look for patterns in",
    });
  const rows = counted(call, search);
  const [list, ...totals] = rows.columns;
  if (list === undefined) return rows;
  const args = [columnRef(list), literal("real", search.least), search.third];
  const found = callFunction(`${search.host} patterns`, args, call.call.span);
  const patterns = call.context.newColumn("__found", "dynamic", true);
  const table = project(
    rows,
    [{ column: patterns, value: found }, ...totals.map((column) => ({ column, value: columnRef(column) }))],
    call.call.span,
  );
  return runTemplate(call, shownText(search), {
    tables: { P: table },
    scalars: Object.fromEntries([...search.wildcards].map(([type, value]) => [`any_${type}`, value])),
  });
}

function shownText({ dimensions, counts, shown, wildcards: given }: Search): string {
  const numbers = counts.map((_, group) => `__n${group} = tolong(__p[${group}])`);
  const cells = dimensions.map(({ name, type }, index) => {
    const text = `tostring(__p[${index + counts.length}])`;
    const any = given.has(type) ? `any_${type}` : type === "string" ? '""' : `${type}(null)`;
    return `${quoted(name)} = iff(${text} == "", ${any}, ${readers[type](`substring(${text}, 1)`)})`;
  });
  return `
    P
    | mv-expand with_itemindex=SegmentId __p = __found to typeof(dynamic)
    | where isnotnull(__p)
    | extend ${numbers.join(", ")}
    | project SegmentId, ${[shown, ...cells].join(", ")}
    | sort by SegmentId asc`;
}

const others = ({ input }: PluginCall, ...left: readonly (Column | undefined)[]): readonly Column[] =>
  input.columns.filter((column) => !left.includes(column));
const weightOf = (column: Column | undefined): string => (column === undefined ? "1" : quoted(column.name));
const percent = (digits: number): string => `Count = __n0, Percent = round(100.0 * __n0 / __t0, ${digits})`;

const threshold = between(0.015, 1);

export const basket: Plugin = {
  name: "basket",
  summary: "Values of columns that many rows have in common, with all that always comes with them.",
  approximate: "every row counts; Kusto looks for its frequent values in a sample, and numbers its segments otherwise",
  bind: (call) => {
    const weight = weightAt(call, 1);
    return run(call, {
      dimensions: others(call, weight),
      counts: [weightOf(weight)],
      least: numberAt(call, 0, 0.05, threshold),
      host: "basket",
      third: literal("long", BigInt(numberAt(call, 2, 5, atLeastOne))),
      shown: percent(1),
      wildcards: wildcards(call, 3),
    });
  },
};

export const autocluster: Plugin = {
  name: "autocluster",
  summary: "Few patterns that tell much of many rows.",
  approximate:
    "patterns of at least 5 % of the rows told by at most five values, each the best over the rows that none before it covers; Kusto searches from random seeds",
  bind: (call) => {
    const weight = weightAt(call, 1);
    return run(call, {
      dimensions: others(call, weight),
      counts: [weightOf(weight)],
      least: 0.05,
      host: "autocluster",
      third: literal("real", numberAt(call, 0, 0.5, between(0, 1))),
      shown: percent(1),
      wildcards: wildcards(call, 3),
    });
  },
};

/** Kusto sets no limit; here all that tells a difference is searched up to so many items. */
const MOST_ITEMS = 5;

export const diffpatterns: Plugin = {
  name: "diffpatterns",
  summary: "Patterns that two parts of the rows have unlike often.",
  approximate: `the most unlike first, none that only adds to another, and without MaxDimensions none that takes more than ${MOST_ITEMS} items to tell; Kusto's choice is not published`,
  bind: (call) => {
    const splitNode = required(call, 0, "SplitColumn");
    const split = columnNamed(call.input.columns, nameOf(splitNode), splitNode.span);
    const weight = weightAt(call, 3);
    const value = split.type === "dynamic" ? `tostring(${quoted(split.name)})` : quoted(split.name);
    const of = (part: string): string => `iff(${value} == ${part}, ${weightOf(weight)}, 0)`;
    return run(call, {
      dimensions: others(call, split, weight),
      counts: [of("split_a"), of("split_b")],
      constants: { split_a: splitValueAt(call, 1, split), split_b: splitValueAt(call, 2, split) },
      least: numberAt(call, 4, 0.05, threshold),
      host: "diffpatterns",
      third: literal("long", BigInt(numberAt(call, 5, MOST_ITEMS, atLeastOne))),
      shown:
        "CountA = __n0, CountB = __n1, PercentA = round(100.0 * __n0 / __t0, 2), PercentB = round(100.0 * __n1 / __t1, 2), PercentDiffAB = round(abs(100.0 * __n0 / __t0 - 100.0 * __n1 / __t1), 2)",
      wildcards: wildcards(call, 6),
    });
  },
};
