import type { Cell } from "@goshawk/engine";
import { ServeError } from "../http/serveError.ts";
import { clrType } from "../wire/kusto/names.ts";
import { tableOf } from "../wire/table.ts";
import type { Command, CommandContext, ShownTable } from "./command.ts";
import { schemaJson, tableJson } from "./schemaJson.ts";

const databaseId = "9f5565e5-0000-4000-8000-60a5b2f1c0de";
const name = String.raw`(?:\[\s*(?:'([^']*)'|"([^"]*)")\s*\]|([\w.-]+))`;

/** A name as written: bare, or in brackets and quotes. */
function nameIn(match: RegExpExecArray, at = 1): string {
  return match[at] ?? match[at + 1] ?? match[at + 2] ?? "";
}

function table(match: RegExpExecArray, context: CommandContext): ShownTable {
  const wanted = nameIn(match);
  const found = context.tables.find((item) => item.name === wanted);
  if (found === undefined)
    throw new ServeError(400, "General_BadRequest", `No table '${wanted.slice(0, 80)}' holds rows here.`);
  return found;
}

function schemaRows(context: CommandContext): readonly (readonly Cell[])[] {
  const { database } = context;
  return [
    [database, "", "", "", null, null, "", "v1.0"],
    ...context.tables.flatMap((item): readonly (readonly Cell[])[] => [
      [database, item.name, "", "", "false", "false", "", ""],
      ...item.columns.map((column): readonly Cell[] => [
        database,
        item.name,
        column.name,
        clrType(column.type),
        "false",
        "false",
        "",
        "",
      ]),
    ]),
  ];
}

function cslSchema(item: ShownTable): string {
  return item.columns.map((column) => `${column.name}:${column.type}`).join(",");
}

/** The commands that tell what is here, the more special ones first. */
export const showCommands: readonly Command[] = [
  {
    pattern: /^\.show version\b/i,
    run: (_, { version }) =>
      tableOf(
        "BuildVersion:string, BuildTime:datetime, ServiceType:string, ProductVersion:string, ServiceOffering:string",
        [[version, "2026-01-01T00:00:00.0000000Z", "Engine", `Goshawk ${version}`, '{"Type":"Goshawk"}']],
      ),
  },
  {
    pattern: new RegExp(String.raw`^\.show (?:(?:cluster )?databases?|schema)(?: ${name})?(?: schema)? as json\b`, "i"),
    run: (_, context) =>
      tableOf("DatabaseSchema:string", [[schemaJson(context.database, context.tables, context.functions)]]),
  },
  {
    pattern: new RegExp(String.raw`^\.show (?:cluster )?databases?(?: ${name})? schema\b`, "i"),
    run: (_, context) =>
      tableOf(
        "DatabaseName:string, TableName:string, ColumnName:string, ColumnType:string, IsDefaultTable:bool, IsDefaultColumn:bool, PrettyName:string, Version:string",
        schemaRows(context),
      ),
  },
  {
    pattern: /^\.show (?:cluster )?databases? entities\b/i,
    run: (_, context) =>
      tableOf(
        "DatabaseName:string, EntityType:string, EntityName:string, DocString:string, Folder:string, CslInputSchema:string, Content:string, CslOutputSchema:string, Properties:dynamic",
        context.tables.map((item) => [context.database, "Table", item.name, "", "", "", "", cslSchema(item), "{}"]),
      ),
  },
  {
    pattern: new RegExp(String.raw`^\.show (?:cluster )?databases?(?: details| identity| ${name})?$`, "i"),
    run: (_, { database }) =>
      tableOf(
        "DatabaseName:string, PersistentStorage:string, Version:string, IsCurrent:bool, DatabaseAccessMode:string, PrettyName:string, ReservedSlot1:bool, DatabaseId:guid, InTransitionTo:string, SuspensionState:string",
        [[database, "", "v1.0", "true", "ReadOnly", database, null, databaseId, "", ""]],
      ),
  },
  {
    pattern: /^\.show tables details\b/i,
    run: (_, context) =>
      tableOf(
        "TableName:string, DatabaseName:string, Folder:string, DocString:string, TotalExtents:long, TotalExtentSize:real, TotalOriginalSize:real, TotalRowCount:long",
        context.tables.map((item) => [
          item.name,
          context.database,
          "",
          "",
          null,
          String(item.bytes),
          String(item.bytes),
          String(item.rows),
        ]),
      ),
  },
  {
    pattern: /^\.show tables\b/i,
    run: (_, context) =>
      tableOf(
        "TableName:string, DatabaseName:string, Folder:string, DocString:string",
        context.tables.map((item) => [item.name, context.database, "", ""]),
      ),
  },
  {
    pattern: new RegExp(String.raw`^\.show table ${name} schema as json\b`, "i"),
    run: (match, context) => schemaRow(table(match, context), context, (item) => JSON.stringify(tableJson(item))),
  },
  {
    pattern: new RegExp(String.raw`^\.show table ${name} (?:cslschema|schema as csl)\b`, "i"),
    run: (match, context) => schemaRow(table(match, context), context, cslSchema),
  },
  {
    pattern: new RegExp(String.raw`^\.show table ${name}(?: schema| details)?$`, "i"),
    run: (match, context) => {
      const item = table(match, context);
      return tableOf(
        "AttributeName:string, AttributeType:string, IsDefaultColumn:bool",
        item.columns.map((column) => [column.name, clrType(column.type), "false"]),
      );
    },
  },
  {
    pattern: new RegExp(String.raw`^\.show functions?(?: ${name})?$`, "i"),
    run: (match, { functions }) => {
      const wanted = nameIn(match);
      const shown = wanted === "" ? functions : functions.filter((item) => item.name === wanted);
      return tableOf(
        "Name:string, Parameters:string, Body:string, Folder:string, DocString:string",
        shown.map((item) => [item.name, item.parameters, item.body, "", ""]),
      );
    },
  },
  {
    pattern: /^\.show cluster monitoring\b/i,
    run: () =>
      tableOf(
        "KustoAccount:string, ClusterAlias:string, GenevaMonitoringAccount:string, DataCenter:string, CloudName:string, CloudResourceId:string, VirtualClusterName:string",
        [["goshawk", "goshawk", "", "", "", "", ""]],
      ),
  },
  {
    pattern: /^\.show cluster\b/i,
    run: (_, { version }) =>
      tableOf("NodeId:string, Address:string, Name:string, StartTime:datetime, IsClusterAdmin:bool, Version:string", [
        ["goshawk", "", "goshawk", null, "false", version],
      ]),
  },
  {
    pattern: /^\.show operations\b/i,
    run: () =>
      tableOf(
        "OperationId:guid, Operation:string, NodeId:string, StartedOn:datetime, LastUpdatedOn:datetime, Duration:timespan, State:string, Status:string, RootActivityId:guid, ShouldRetry:bool, Database:string, Principal:string, User:string, AdminEpochStartTime:datetime",
        [],
      ),
  },
  {
    pattern: /^\.show (?:running )?queries\b/i,
    run: (_, { running, client, role }) =>
      tableOf(
        "ClientActivityId:string, Text:string, Database:string, StartedOn:datetime, State:string, User:string",
        running
          .filter((query) => role === "admin" || query.client === client)
          .map((query) => [
            query.id,
            query.text,
            "",
            `${new Date(query.since).toISOString().slice(0, -1)}0000Z`,
            "InProgress",
            query.client,
          ]),
      ),
  },
  {
    pattern: /^\.show .*\bprincipals?\b/i,
    run: (_, { client, role }) =>
      tableOf(
        "Role:string, PrincipalType:string, PrincipalDisplayName:string, PrincipalObjectId:string, PrincipalFQN:string",
        [[role, "Client", client, "", client]],
      ),
  },
  {
    pattern: /^\.show .*\bpolic(?:y|ies)\b/i,
    run: () =>
      tableOf("PolicyName:string, EntityName:string, Policy:string, ChildEntities:string, EntityType:string", []),
  },
  { pattern: /^\.show\b/i, run: () => tableOf("Result:string", []) },
];

function schemaRow(
  item: ShownTable,
  context: CommandContext,
  text: (item: ShownTable) => string,
): ReturnType<Command["run"]> {
  return tableOf("TableName:string, Schema:string, DatabaseName:string, Folder:string, DocString:string", [
    [item.name, text(item), context.database, "", ""],
  ]);
}
