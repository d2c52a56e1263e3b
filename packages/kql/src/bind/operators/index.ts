import type { TabularOperator } from "../operator.ts";
import { externalData } from "../outside/externalData.ts";
import { outsideSources } from "../outside/sources.ts";
import type { TabularSource } from "../source.ts";
import { assertSchema } from "./checks.ts";
import { count } from "./count.ts";
import { distinct } from "./distinct.ts";
import { evaluate, evaluateSource } from "./evaluate.ts";
import { extend } from "./extend.ts";
import { find } from "./find.ts";
import { getschema } from "./getschema.ts";
import { graphMarkComponents } from "./graphMarkComponents.ts";
import { graphMatch } from "./graphMatch.ts";
import { graphShortestPaths } from "./graphShortestPaths.ts";
import { graphToTable } from "./graphToTable.ts";
import { invoke } from "./invoke.ts";
import { join, lookup } from "./join.ts";
import { makeGraph } from "./makeGraph.ts";
import { makeSeries } from "./makeSeries.ts";
import { mvApply } from "./mvApply.ts";
import { mvExpand } from "./mvExpand.ts";
import { parse, parseWhere } from "./parse.ts";
import { parseKv } from "./parseKv.ts";
import { partition } from "./partition.ts";
import { as, render } from "./passThrough.ts";
import { project } from "./project.ts";
import { projectByNames } from "./projectByNames.ts";
import { projectAway, projectKeep, projectRename, projectReorder } from "./projectColumns.ts";
import { range } from "./range.ts";
import { refusedOperators } from "./refused.ts";
import { sample, sampleDistinct, topHitters } from "./samples.ts";
import { scan } from "./scan.ts";
import { search, searchSource } from "./search.ts";
import { serialize } from "./serialize.ts";
import { facet, fork } from "./several.ts";
import { sort, take, top } from "./sort.ts";
import { summarize } from "./summarize.ts";
import { topNested } from "./topNested.ts";
import { union, unionSource } from "./union.ts";
import { datatable, print } from "./values.ts";
import { where } from "./where.ts";

/** All tabular operators, one row each; the support matrix comes from this list. */
export const tabularOperators: readonly TabularOperator[] = [
  ...refusedOperators,
  as,
  assertSchema,
  count,
  distinct,
  evaluate,
  extend,
  facet,
  fork,
  getschema,
  graphMarkComponents,
  graphMatch,
  graphShortestPaths,
  graphToTable,
  invoke,
  join,
  lookup,
  makeGraph,
  makeSeries,
  mvApply,
  mvExpand,
  parse,
  parseKv,
  partition,
  parseWhere,
  project,
  projectAway,
  projectByNames,
  projectKeep,
  projectRename,
  projectReorder,
  render,
  sample,
  sampleDistinct,
  scan,
  search,
  serialize,
  sort,
  summarize,
  take,
  top,
  topHitters,
  topNested,
  union,
  where,
];

/** All tabular expressions that begin a pipeline. */
export const tabularSources: readonly TabularSource[] = [
  datatable,
  evaluateSource,
  externalData,
  find,
  ...outsideSources,
  print,
  range,
  searchSource,
  unionSource,
];

const operators = new Map(tabularOperators.flatMap((row) => row.kinds.map((kind) => [kind, row] as const)));
const sources = new Map(tabularSources.flatMap((row) => row.kinds.map((kind) => [kind, row] as const)));

export function operatorFor(kind: string): TabularOperator | undefined {
  return operators.get(kind);
}

export function sourceFor(kind: string): TabularSource | undefined {
  return sources.get(kind);
}
