import { filter, project, union } from "../../ir/build.ts";
import type { Column } from "../../ir/column.ts";
import type { Item, Rel } from "../../ir/rel.ts";
import { columnRef, literal, type Scalar } from "../../ir/scalar.ts";
import { child, nameOf, type OfficialColumn, type Syntax, walkSyntax } from "../../syntax/tree.ts";
import type { KqlType } from "../../values/type.ts";
import { call, convertTo } from "../call.ts";
import type { BindContext, Environment } from "../context.ts";
import { namedParameter } from "../parameters.ts";
import { scopeOf } from "../scope.ts";
import { bindSearch } from "../search.ts";
import { type TabularSource, tabularSource } from "../source.ts";
import type { Source } from "../unionSources.ts";
import { scannedSources } from "./search.ts";

/** The rows of several tables that fit; what not all tables share goes into one bag. */
export const find: TabularSource = tabularSource({
  keyword: "find",
  kinds: ["FindOperator"],
  bind: (node, env, context) => {
    const sourceColumn = namedParameter(node, "withsource") ?? "source_";
    const shown = (node.columns ?? []).filter((column) => column.name !== sourceColumn);
    const used = columnsUsed(child(node, "Condition"));
    const sources = scannedSources(node, env, context).filter(
      ({ rel }) => used.size === 0 || rel.columns.some((column) => used.has(column.name)),
    );
    const columns = [
      context.newColumn(sourceColumn, "string", false),
      ...shown.map((column) => context.newColumn(column.name, typeOf(column), typeOf(column) !== "string")),
    ];
    const inputs = sources.map((source, at) => matching(source, at, shown, columns, node, env, context));
    const items = inputs.map((input) => columns.map((column, at) => ({ column, value: referTo(input, at) })));
    return union(inputs, columns, items, node.span);
  },
});

function columnsUsed(condition: Syntax): ReadonlySet<string> {
  return new Set(namesIn(condition).map(nameOf));
}

function namesIn(condition: Syntax): readonly Syntax[] {
  return [...walkSyntax(condition)].filter(
    (node) => node.kind === "NameReference" && node.symbol?.sort === "ColumnSymbol",
  );
}

function typeOf(column: OfficialColumn): KqlType {
  return column.type === "unknown" ? "dynamic" : column.type;
}

function referTo(input: Rel, at: number): Scalar {
  const column = input.columns[at];
  return column === undefined ? literal("dynamic", null) : columnRef(column);
}

function matching(
  source: Source,
  at: number,
  shown: readonly OfficialColumn[],
  columns: readonly Column[],
  node: Syntax,
  env: Environment,
  context: BindContext,
): Rel {
  const { rel } = source;
  const known = new Set(rel.columns.map((column) => column.name));
  const condition = child(node, "Condition");
  const types = new Map(namesIn(condition).map((part) => [nameOf(part), part.type] as const));
  const scope = {
    ...scopeOf(rel, env, context),
    // A column that this table doesn't have is null in it.
    special: (name: string) =>
      known.has(name) || !columnsUsed(condition).has(name) ? undefined : literal(kqlType(types.get(name)), null),
  };
  const predicate = bindSearch(condition, scope, { caseSensitive: false, columns: rel.columns });
  const rows = filter(rel, predicate, node.span);
  const packed = shown.some((column) => column.name === "pack_");
  const direct = shown.filter((column) => !(packed && column.name === "pack_"));
  const name = literal("string", source.name ?? `find_arg${at}`);
  const values = [
    name,
    ...direct.map((column) => valueFor(column, rows, node)),
    ...(packed ? [rest(direct, rows, node)] : []),
  ];
  const items = values.map((value, index): Item => {
    const target = columns[index];
    return { column: context.newColumn(target?.name ?? "", value.type, value.nullable), value };
  });
  return project({ ...rows, ordering: [] }, items, node.span);
}

function kqlType(type: string | undefined): KqlType {
  const known: readonly KqlType[] = [
    "bool",
    "int",
    "long",
    "real",
    "decimal",
    "datetime",
    "timespan",
    "guid",
    "dynamic",
  ];
  return known.find((item) => item === type) ?? "string";
}

function valueFor(column: OfficialColumn, rows: Rel, node: Syntax): Scalar {
  const type = typeOf(column);
  const found =
    rows.columns.find((item) => item.name === column.name) ??
    rows.columns.find((item) => `${item.name}_${item.type}` === column.name);
  return found === undefined ? literal(type, null) : convertTo(columnRef(found), type, node.span);
}

/** The bag of what is not shown by itself. */
function rest(direct: readonly OfficialColumn[], rows: Rel, node: Syntax): Scalar {
  const shown = new Set(direct.map((column) => column.name));
  const others = rows.columns.filter(
    (column) => !shown.has(column.name) && !shown.has(`${column.name}_${column.type}`),
  );
  return call(
    "bag_pack",
    others.flatMap((column) => [literal("string", column.name), columnRef(column)]),
    node.span,
  );
}
