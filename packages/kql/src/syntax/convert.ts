import type { Span } from "../diagnostics/span.ts";
import type { KqlType } from "../values/type.ts";
import { official } from "./load.ts";
import type { OfficialNode, OfficialSymbol } from "./official.ts";
import type { OfficialColumn, ResultName, SymbolReference, Syntax } from "./tree.ts";

/** How positions in the official tree become positions in the query's text. */
export type PlaceOf = (start: number, end: number) => Span;

let kindNames: ReadonlyMap<number, string> | undefined;

function kindName(kind: number): string {
  kindNames ??= new Map(
    Object.entries(official().Syntax.SyntaxKind).flatMap(([name, value]) =>
      typeof value === "number" ? [[value, name] as const] : [],
    ),
  );
  return kindNames.get(kind) ?? String(kind);
}

/** What the conversion of one query shares. */
export interface Conversion {
  readonly place: PlaceOf;
  /**
   * Columns that the official binder lists but Kusto does not give: `extend x = series_fit_line(y)` makes the one
   * column `x`, where the binder adds the function's other columns under their default names.
   */
  readonly phantoms: Set<string>;
}

/** Copies an official tree into plain nodes. */
export function convert(node: OfficialNode, conversion: Conversion): Syntax {
  const fields: Record<string, Syntax> = {};
  const items: Syntax[] = [];
  for (let index = 0; index < node.ChildCount; index++) {
    const childNode = node.GetChild(index);
    if (childNode === null) continue;
    if (kindName(childNode.Kind) === "SeparatedElement") {
      const element = childNode.GetChild(0);
      if (element !== null) items.push(convert(element, conversion));
      continue;
    }
    const name = node.GetName(index);
    if (name === "") items.push(convert(childNode, conversion));
    else fields[name] = convert(childNode, conversion);
  }
  if (kindName(node.Kind) === "ExtendOperator") notePhantoms(fields.Expressions?.items ?? [], conversion.phantoms);
  const result = node.ResultType ?? undefined;
  const listed = result?.Columns === undefined ? undefined : columnsOf(result);
  const tuple = listed !== undefined && result !== undefined && sortOf(result) === "TupleSymbol" ? listed : undefined;
  const columns = tuple === undefined ? listed?.filter((column) => !conversion.phantoms.has(column.name)) : undefined;
  const reference = node.ReferencedSymbol ?? undefined;
  const calls = node.GetCalledFunctionBody !== undefined && callsFunction(kindName(node.Kind), reference);
  return {
    kind: kindName(node.Kind),
    span: conversion.place(node.TextStart, node.TextStart + node.Width),
    text: node.Text ?? "",
    value: node.ValueText ?? "",
    fields,
    items,
    type: listed === undefined ? typeName(result) : "",
    open: result?.IsOpen === true,
    ...(columns === undefined ? {} : { columns }),
    ...(tuple === undefined ? {} : { tuple }),
    ...(reference === undefined ? {} : { symbol: referenceTo(reference) }),
    ...(calls ? { body: () => bodyOf(node, conversion) } : {}),
  };
}

const tupleFunction = /^(series_|array_sort_)/;

function notePhantoms(assignments: readonly Syntax[], phantoms: Set<string>): void {
  for (const node of assignments) {
    const value = node.fields.Expression;
    if (!node.kind.endsWith("NamedExpression") || !tupleFunction.test(value?.symbol?.name ?? "")) continue;
    const names = node.kind === "SimpleNamedExpression" ? 1 : (node.fields.Names?.fields.Names?.items.length ?? 0);
    for (const column of value?.tuple?.slice(names) ?? []) phantoms.add(column.name);
  }
}

/** A function without arguments may be called by its name alone. */
function callsFunction(kind: string, reference: OfficialSymbol | undefined): boolean {
  if (kind === "FunctionCallExpression") return true;
  return kind === "NameReference" && reference !== undefined && sortOf(reference) === "FunctionSymbol";
}

/**
 * The body of a `let` function is parsed anew for each call, so its own positions count from the blanks before its brace;
 * the body of a stored function isn't in the text at all, and stands where it is called.
 */
function bodyOf(call: OfficialNode, conversion: Conversion): Syntax | undefined {
  const { place } = conversion;
  const body = call.GetCalledFunctionBody?.() ?? undefined;
  if (body === undefined) return undefined;
  const declared = declaredBody(call.ReferencedSymbol ?? undefined);
  if (declared !== undefined) {
    return convert(body, { ...conversion, place: (start, end) => place(declared + start, declared + end) });
  }
  const at = place(call.TextStart, call.TextStart + call.Width);
  return convert(body, { ...conversion, place: () => at });
}

interface WithDeclaration extends OfficialSymbol {
  readonly Signatures?: {
    getItem(index: number): { readonly Declaration?: { readonly TriviaStart: number } | null } | null;
  };
}

function declaredBody(symbol: WithDeclaration | undefined): number | undefined {
  return symbol?.Signatures?.getItem(0)?.Declaration?.TriviaStart;
}

function referenceTo(symbol: OfficialSymbol): SymbolReference {
  const resultName = resultNameOf(symbol);
  return { name: symbol.Name, sort: sortOf(symbol), ...(resultName === undefined ? {} : { resultName }) };
}

/** The official `ResultNameKind` by number; the others give no name. */
function resultNameOf(symbol: OfficialSymbol): ResultName | undefined {
  const prefix = symbol.ResultNamePrefix ?? symbol.Name;
  switch (symbol.ResultNameKind) {
    case 1:
    case 2:
      return { prefix: symbol.Name, argument: true };
    case 3:
    case 4:
      return { prefix, argument: true };
    case 6:
      return { prefix, argument: false };
    case 7:
    case 8:
      return { argument: true };
    default:
      return undefined;
  }
}

function sortOf(symbol: OfficialSymbol): string {
  const name = (symbol as unknown as { readonly $$name?: string }).$$name ?? "";
  return name.slice(name.lastIndexOf(".") + 1);
}

const knownColumns = new WeakMap<OfficialSymbol, readonly OfficialColumn[]>();

/** Most nodes of a pipeline share the table of their neighbours. */
function columnsOf(table: OfficialSymbol): readonly OfficialColumn[] {
  const known = knownColumns.get(table) ?? listColumns(table);
  knownColumns.set(table, known);
  return known;
}

function listColumns(table: OfficialSymbol): readonly OfficialColumn[] {
  const found: OfficialColumn[] = [];
  const columns = table.Columns;
  for (let index = 0; index < (columns?.Count ?? 0); index++) {
    const column = columns?.getItem(index);
    if (column !== undefined) found.push({ name: column.Name, type: scalarType(typeName(column.Type)) });
  }
  return found;
}

function typeName(type: OfficialSymbol | undefined): string {
  const name = type?.Name ?? "";
  return name.startsWith("dynamic") ? "dynamic" : name;
}

const scalarTypes: ReadonlySet<string> = new Set<KqlType>([
  "bool",
  "int",
  "long",
  "real",
  "decimal",
  "datetime",
  "timespan",
  "string",
  "guid",
  "dynamic",
]);

function scalarType(name: string): KqlType | "unknown" {
  return scalarTypes.has(name) ? (name as KqlType) : "unknown";
}
