import { refuse } from "../../diagnostics/diagnostic.ts";
import { project, union } from "../../ir/build.ts";
import type { Column } from "../../ir/column.ts";
import type { Rel } from "../../ir/rel.ts";
import { columnRef } from "../../ir/scalar.ts";
import { child, list, nameOf, type Syntax } from "../../syntax/tree.ts";
import { convertTo } from "../call.ts";
import type { BindContext, Environment } from "../context.ts";
import { declaredColumns } from "../operators/values.ts";
import { type TabularSource, tabularSource } from "../source.ts";
import type { ExternalRequest } from "./externalRequest.ts";

/** `externaldata (a: string, b: long) ["https://…/x.csv"] with (format="csv")` */
export const externalData: TabularSource = tabularSource({
  keyword: "externaldata",
  kinds: ["ExternalDataExpression"],
  bind: (node, env, context) => {
    const columns = declaredColumns(child(node, "Schema"), context);
    const files = list(node, "URIs").map((uri) => rowsOf(uri, node, columns, env, context));
    const [only] = files;
    if (files.length === 1 && only !== undefined) return only;
    const shown = columns.map((column) => context.newColumn(column.name, column.type, column.nullable));
    const items = files.map((file) =>
      shown.map((column, index) => ({ column, value: columnRef(file.columns[index] ?? column) })),
    );
    return union(files, shown, items, node.span);
  },
});

function rowsOf(uri: Syntax, node: Syntax, columns: readonly Column[], env: Environment, context: BindContext): Rel {
  const value = context.scalar(uri, { columns: [], env, context });
  if (value.kind !== "literal" || typeof value.value !== "string")
    return refuse("not-a-constant", uri.span, { name: "externaldata", what: "each file" });
  const request = requestFor(value.value, node, columns, env, context);
  const answer = context.external(request);
  if (answer.kind === "absent")
    return refuse("could-not-look", uri.span, { name: request.uri, reason: answer.reason, next: answer.next });
  const texts = columns.map(({ name }) => context.newColumn(name, "string", false));
  const read: Rel = { kind: "read", table: answer.table, columns: texts, hidden: [], ordering: [], origin: node.span };
  const items = columns.map(({ name, type }, index) => {
    const text = columnRef(texts[index] ?? context.newColumn(name, "string", false));
    return {
      column: context.newColumn(name, type, type !== "string"),
      value: convertTo(text, type, node.span),
    };
  });
  return project(read, items, node.span);
}

function requestFor(
  uri: string,
  node: Syntax,
  columns: readonly Column[],
  env: Environment,
  context: BindContext,
): ExternalRequest {
  const properties = propertiesOf(node, env, context);
  const [place = ""] = uri.split(";");
  const mapping = mappingOf(properties.get("ingestionmapping"), node);
  const zipPattern = properties.get("zippattern");
  return {
    uri: place,
    format: (properties.get("format") ?? formatOf(place)).toLowerCase(),
    ignoreFirstRecord: properties.get("ignorefirstrecord")?.toLowerCase() === "true",
    ignoreLastRecord: properties.get("ignorelastrecord")?.toLowerCase() === "true",
    columns: columns.map(({ name }) => {
      const path = mapping.get(name);
      return path === undefined ? { name } : { name, path };
    }),
    ...(zipPattern === undefined ? {} : { zipPattern }),
  };
}

/** Names in lower case: published rules write them in any. */
function propertiesOf(node: Syntax, env: Environment, context: BindContext): ReadonlyMap<string, string> {
  return new Map(
    list(child(node, "WithClause"), "Properties").map((property) => {
      const value = child(property, "Expression");
      const name = nameOf(child(property, "Name")).toLowerCase();
      if (value.kind === "NameDeclaration") return [name, nameOf(value)];
      const bound = context.scalar(value, { columns: [], env, context });
      return [name, bound.kind === "literal" ? String(bound.value) : ""];
    }),
  );
}

const formats: ReadonlySet<string> = new Set(
  "csv tsv tsve psv scsv sohsv txt raw json multijson parquet avro orc".split(" "),
);

/** By the file's ending; CSV where it says nothing. */
function formatOf(uri: string): string {
  const path = uri.replace(/[?#].*$/, "").replace(/\.(gz|zip)$/i, "");
  const ending = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? "";
  return formats.has(ending) ? ending : "csv";
}

/** Column to path of an ingestion mapping, in its older and its newer form. */
function mappingOf(json: string | undefined, node: Syntax): ReadonlyMap<string, string> {
  if (json === undefined) return new Map();
  const entries = parsed(json);
  if (!Array.isArray(entries))
    return refuse("unsupported-argument", node.span, {
      name: "externaldata",
      argument: "this ingestionMapping",
      reason: "it is no JSON array",
    });
  return new Map(
    entries.flatMap((entry: Readonly<Record<string, unknown>>): readonly [string, string][] => {
      const properties = (entry.Properties ?? entry.properties ?? entry) as Readonly<Record<string, unknown>>;
      const name = entry.Column ?? entry.column;
      const path = properties.Path ?? properties.path ?? properties.Ordinal ?? properties.ordinal;
      return name === undefined || path === undefined ? [] : [[String(name), String(path)]];
    }),
  );
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
