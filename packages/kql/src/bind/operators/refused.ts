import { refusedOperator, type TabularOperator } from "../operator.ts";

const patterns = "how Kusto groups texts into patterns is not published, and other patterns would be other answers";
const graph = "its documentation could not be read; filter the tables of nodes and edges before make-graph";

/** Operators that can't be had; a row elsewhere for the same kind comes before these. */
export const refusedOperators: readonly TabularOperator[] = [
  refusedOperator("consume", ["ConsumeOperator"], "it gives no rows"),
  refusedOperator("reduce", ["ReduceByOperator"], patterns),
  refusedOperator("execute_and_cache", ["ExecuteAndCacheOperator"], "it is about the caches of Kusto's service"),
  refusedOperator("macro-expand", ["MacroExpandOperator"], "it runs over an entity group of Kusto's databases"),
  refusedOperator("__partitionby", ["PartitionByOperator"], "it is hidden, and what it answers is documented nowhere"),
  refusedOperator("graph-where-nodes", ["GraphWhereNodesOperator"], graph),
  refusedOperator("graph-where-edges", ["GraphWhereEdgesOperator"], graph),
];
