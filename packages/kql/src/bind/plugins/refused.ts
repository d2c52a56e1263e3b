import type { RefusedPlugin } from "./define.ts";

const code = "it runs code of another language, which Goshawk does not do";
const service = "it asks another service, which Goshawk does not reach";
const funnel = "whether other states may stand between two steps of a sequence is documented nowhere";
const model = "it is a model of Azure's, which Goshawk does not have";

/** Plugins that can't be had here; the support matrix says why. */
export const refusedPlugins: readonly RefusedPlugin[] = [
  { name: "python", reason: code },
  { name: "r", reason: code },
  { name: "cosmosdb_sql_request", reason: service },
  { name: "azure_digital_twins_query_request", reason: service },
  { name: "http_request", reason: service },
  { name: "http_request_post", reason: service },
  { name: "mysql_request", reason: service },
  { name: "postgresql_request", reason: service },
  { name: "sql_request", reason: service },
  { name: "ai_embeddings", reason: service },
  { name: "ai_embed_text", reason: service },
  { name: "ai_chat_completion", reason: service },
  { name: "ai_chat_completion_prompt", reason: service },
  { name: "infer_storage_schema", reason: "it reads Azure storage, which Goshawk does not reach" },
  { name: "infer_storage_schema_with_suggestions", reason: "it reads Azure storage, which Goshawk does not reach" },
  { name: "diffpatterns_text", reason: model },
  { name: "csharp", reason: code },
  { name: "dax_request", reason: service },
  { name: "execute_query", reason: service },
  { name: "execute_show_command", reason: "it runs commands of Kusto's service" },
  { name: "external_datatable", reason: service },
  { name: "estimate_rows_count", reason: "it is about the optimizer of Kusto's service" },
  { name: "identity", reason: "it is for tests of Kusto's service, and what it answers is documented nowhere" },
  { name: "identity_v3", reason: "it is for tests of Kusto's service, and what it answers is documented nowhere" },
  { name: "funnel_sequence", reason: funnel },
  { name: "funnel_sequence_completion", reason: funnel },
];
