import { specialFunctions } from "./bind/functionCall.ts";
import { graphFunctions } from "./bind/graph/names.ts";
import type { TabularOperator } from "./bind/operator.ts";
import { tabularOperators, tabularSources } from "./bind/operators/index.ts";
import { placeFunctions } from "./bind/outside/places.ts";
import { plugins } from "./bind/plugins/index.ts";
import { aggregateFunctionNamed, scalarFunctionNamed } from "./functions/registry.ts";
import { windowFunctionNamed } from "./functions/windows/index.ts";
import { officialCatalogue } from "./syntax/catalogue.ts";

/** What becomes of a thing that Kusto has. */
export type Support =
  | { readonly kind: "exact" }
  | { readonly kind: "approximate"; readonly how: string }
  | { readonly kind: "refused"; readonly why: string }
  /** No row says anything of it: a gap in our tables. */
  | { readonly kind: "unknown" };

export interface SupportEntry {
  readonly area: "operator" | "scalar function" | "aggregation function" | "plugin";
  readonly name: string;
  readonly hidden: boolean;
  readonly support: Support;
}

/** Everything in the official parser's catalogue and what becomes of it, from the rows of our own tables. */
export function supportMatrix(): readonly SupportEntry[] {
  const { operators, scalars, aggregates, plugins: official } = officialCatalogue();
  return [
    ...operators
      .map((kind): SupportEntry => ({ area: "operator", hidden: false, ...operatorSupport(kind) }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    ...scalars.map((item): SupportEntry => ({ area: "scalar function", ...item, support: scalarSupport(item.name) })),
    ...aggregates.map(
      (item): SupportEntry => ({ area: "aggregation function", ...item, support: aggregateSupport(item.name) }),
    ),
    ...official.map((item): SupportEntry => ({ area: "plugin", ...item, support: pluginSupport(item.name) })),
  ];
}

interface Row {
  readonly approximate?: string;
  readonly refused?: string;
}

function ofRow(row: Row | undefined): Support {
  if (row === undefined) return { kind: "unknown" };
  if (row.refused !== undefined) return { kind: "refused", why: row.refused };
  return row.approximate === undefined ? { kind: "exact" } : { kind: "approximate", how: row.approximate };
}

function operatorSupport(kind: string): { readonly name: string; readonly support: Support } {
  const rows: readonly (Pick<TabularOperator, "keyword" | "kinds"> & Row)[] = [...tabularOperators, ...tabularSources];
  const row = rows.findLast((item) => item.kinds.includes(kind));
  return { name: row?.keyword ?? kind, support: ofRow(row) };
}

function scalarSupport(name: string): Support {
  if (graphFunctions.includes(name)) return { kind: "exact" };
  if (specialFunctions.includes(name) || windowFunctionNamed(name) !== undefined) return { kind: "exact" };
  if (placeFunctions.names.includes(name)) return ofRow(placeFunctions);
  const source = tabularSources.find((item) => item.kinds.includes(`${name}()`));
  if (source !== undefined) return ofRow(source);
  const row = scalarFunctionNamed(name);
  if (row?.kind === "refused") return { kind: "refused", why: row.reason };
  return row === undefined ? { kind: "unknown" } : ofOverloads(row, row.overloads);
}

function aggregateSupport(name: string): Support {
  const row = aggregateFunctionNamed(name);
  if (row?.kind === "refused") return { kind: "refused", why: row.reason };
  return row === undefined ? { kind: "unknown" } : ofOverloads(row, row.overloads);
}

/** Overloads that can't be had are told, unless the row does it itself. */
function ofOverloads(row: Row, overloads: readonly { readonly lower: { readonly duckdb: object } }[]): Support {
  const reasons = overloads.flatMap(({ lower }) =>
    "unsupported" in lower.duckdb ? [String(lower.duckdb.unsupported)] : [],
  );
  const [first] = reasons;
  if (first !== undefined && reasons.length === overloads.length) return { kind: "refused", why: first };
  if (first !== undefined && row.approximate === undefined)
    return { kind: "approximate", how: `some types of arguments are refused: ${first}` };
  return ofRow(row);
}

function pluginSupport(name: string): Support {
  const row = plugins.findLast((item) => item.name === name);
  return row !== undefined && "reason" in row ? { kind: "refused", why: row.reason } : ofRow(row);
}
