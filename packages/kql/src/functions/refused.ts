import { type RefusedFunction, refusedFunction } from "./define.ts";

const all = (reason: string, names: readonly string[]): readonly RefusedFunction[] =>
  names.map((name) => refusedFunction(name, reason));

/** Scalar functions that can't be had here and belong to no family; the support matrix says why. */
export const refusedFunctions: readonly RefusedFunction[] = [
  ...all("it is hidden, and what it answers is documented nowhere", [
    "__cast",
    "__geo_length_to_s2cell_level",
    "__geo_line_s2cell_covering_level",
    "__geo_line_validate",
    "__geo_polygon_s2cell_covering_level",
    "__geo_polygon_validate",
    "__invoke",
    "__lz4_compress_dynamic_array_to_base64_string",
    "row_rank",
    "rowstore_ordinal_range",
  ]),
  ...all("it tells of Kusto's cluster or of who is signed in there, and there is none here", [
    "current_cluster_endpoint",
    "current_database",
    "current_node_id",
    "current_principal",
    "current_principal_details",
    "current_principal_is_member_of",
  ]),
  ...all("database cursors number what Kusto ingests; a bound on the time column says the same here", [
    "current_cursor",
    "cursor_after",
    "cursor_before_or_at",
    "cursor_current",
  ]),
  ...all("it names the shards that Kusto keeps rows in, and there are none here", [
    "extent_id",
    "extent_tags",
    "extentid",
    "row_id",
  ]),
  ...all("it stands in graph-match and graph-shortest-paths alone", [
    "all",
    "any",
    "inner_nodes",
    "map",
    "node_degree_in",
    "node_degree_out",
    "node_id",
  ]),
  ...all("it is of stored graph models, which are not here; make-graph makes a graph of tables", ["graph", "labels"]),
  refusedFunction("entity_group", "entity groups name Kusto's databases, which are not here"),
  refusedFunction("estimate_data_size", "it is about how many bytes Kusto's own storage takes"),
];
