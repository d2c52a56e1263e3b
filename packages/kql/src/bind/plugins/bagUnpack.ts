import { diagnostic, refuse } from "../../diagnostics/diagnostic.ts";
import { type Discovered, DiscoveryNeeded, type Found } from "../../discovery.ts";
import { aggregate, pass, project, unnest } from "../../ir/build.ts";
import type { Column } from "../../ir/column.ts";
import type { Item, Rel } from "../../ir/rel.ts";
import { columnRef, literal, type Scalar } from "../../ir/scalar.ts";
import { nameOf, type OfficialColumn, optional } from "../../syntax/tree.ts";
import type { ColumnSchema } from "../../values/schema.ts";
import type { KqlType } from "../../values/type.ts";
import { call as callFunction, convertTo } from "../call.ts";
import { columnNamed } from "../scope.ts";
import { constantArgument, type Plugin, type PluginCall, required } from "./define.ts";

/** What a call asks for. */
interface Request {
  readonly bag: Column;
  readonly prefix: string;
  readonly conflict: "error" | "replace_source" | "keep_source";
  readonly ignored: ReadonlySet<string>;
}

export const bagUnpack: Plugin = {
  name: "bag_unpack",
  summary: "Each property of a bag as a column.",
  bind: (call) => {
    const request = requestOf(call);
    const { occurrence, found, inserted, inFunction } = call.context.discovered(call.node.span.start);
    const written = !inserted && optional(call.node, "Schema") !== undefined;
    const overlaps = call.input.columns.some((column) => column.id !== request.bag.id);
    if (found === undefined && (!written || (request.conflict === "replace_source" && overlaps)))
      return look(call, request, { occurrence, clause: !written && !inFunction });
    return unpack(call, request, found, inFunction && !written ? found?.columns : undefined);
  },
};

function requestOf(call: PluginCall): Request {
  const column = required(call, 0, "Column");
  const conflict = String(constantArgument(call, 2, "columnsConflict") ?? "error");
  if (conflict !== "error" && conflict !== "replace_source" && conflict !== "keep_source")
    return refuse("unsupported-argument", call.call.span, {
      name: "bag_unpack",
      argument: `columnsConflict='${conflict}'`,
      reason: "it must be error, replace_source or keep_source",
    });
  const ignored: unknown = JSON.parse(String(constantArgument(call, 3, "ignoredProperties") ?? "[]"));
  return {
    bag: columnNamed(call.input.columns, nameOf(column), column.span),
    prefix: String(constantArgument(call, 1, "OutputColumnPrefix") ?? ""),
    conflict,
    ignored: new Set(Array.isArray(ignored) ? ignored.map(String) : []),
  };
}

/** Asks for the names of the properties and the kinds of their values. */
function look(
  call: PluginCall,
  request: Request,
  { occurrence, clause }: { readonly occurrence: number; readonly clause: boolean },
): never {
  const { node, input } = call;
  throw new DiscoveryNeeded({
    at: node.span.start,
    occurrence,
    schemaAt: clause ? node.span.end : undefined,
    query: propertiesOf(call, request),
    columns: (found) => outputColumns(input, request, found),
    diagnostic: diagnostic("needs-discovery", call.call.span, { name: "bag_unpack" }),
  });
}

function propertiesOf({ node, input, context }: PluginCall, { bag }: Request): Rel {
  const pair = context.newColumn("$pair", "dynamic", true);
  const bags = callFunction("bag or null", [columnRef(bag)], node.span);
  const rows = unnest({
    input,
    arrays: [{ column: pair, value: bags, bagAsArray: true }],
    keepNull: false,
    columns: [pair],
    hidden: [],
    ordering: [],
    origin: node.span,
  });
  const part = (index: bigint): Scalar => callFunction("[]", [columnRef(pair), literal("long", index)], node.span);
  const cells = [convertTo(part(0n), "string", node.span), callFunction("json kind", [part(1n)], node.span)];
  const keys = cells.map((value): Item => ({ column: context.newColumn("$cell", "string", false), value }));
  return aggregate(rows, keys, [], node.span);
}

/** Input columns keep their places; the bag's is taken by a property of its name; the others follow by name. */
function outputColumns(input: Rel, request: Request, found: readonly Found[]): readonly ColumnSchema[] {
  const slots = new Map(
    found
      .filter(({ name }) => !request.ignored.has(name) && name !== "")
      .map(({ name, kinds }) => [`${request.prefix}${name}`, typeOf(kinds)] as const),
  );
  const kept = input.columns.flatMap((column): readonly ColumnSchema[] => {
    const slot = slots.get(column.name);
    if (column.id === request.bag.id) return slot === undefined ? [] : [{ name: column.name, type: slot }];
    return [{ name: column.name, type: request.conflict === "replace_source" ? (slot ?? column.type) : column.type }];
  });
  const names = new Set(kept.map((column) => column.name));
  const added = [...slots].filter(([name]) => !names.has(name)).map(([name, type]) => ({ name, type }));
  return [...kept, ...added];
}

const types: Readonly<Record<string, KqlType>> = {
  BIGINT: "long",
  UBIGINT: "long",
  DOUBLE: "real",
  VARCHAR: "string",
  BOOLEAN: "bool",
};

/** Values of one kind give its type; of several kinds, or arrays and bags: `dynamic`. */
function typeOf(kinds: readonly string[]): KqlType {
  const found = new Set(kinds.filter((kind) => kind !== "NULL" && kind !== "").map((kind) => types[kind] ?? "dynamic"));
  const [only] = found;
  return found.size === 1 && only !== undefined ? only : "dynamic";
}

function unpack(
  call: PluginCall,
  request: Request,
  found: Discovered | undefined,
  columns: readonly OfficialColumn[] | undefined,
): Rel {
  const { node, input } = call;
  const shown = columns ?? node.columns ?? [];
  const items = shown.map((official): Item => {
    const type = official.type === "unknown" ? "dynamic" : official.type;
    const source = input.columns.find((column) => column.name === official.name && column.id !== request.bag.id);
    const slot = slotOf(official.name, request, found);
    if (source !== undefined && !takesSlot(source, slot, call, request, found))
      return source.type === type
        ? pass(source)
        : itemOf(official.name, convertTo(columnRef(source), type, node.span), call);
    if (slot === undefined) return itemOf(official.name, literal(type, null), call);
    const property = callFunction(".", [columnRef(request.bag), literal("string", slot)], node.span);
    return itemOf(official.name, convertTo(property, type, node.span), call);
  });
  return project(input, items, node.span);
}

/** The property behind an output column; undefined where no row has it. */
function slotOf(name: string, request: Request, found: Discovered | undefined): string | undefined {
  if (!name.startsWith(request.prefix)) return undefined;
  const slot = name.slice(request.prefix.length);
  if (request.ignored.has(slot)) return undefined;
  return found === undefined || found.found.some((item) => item.name === slot) ? slot : undefined;
}

function takesSlot(
  source: Column,
  slot: string | undefined,
  { call }: PluginCall,
  { conflict }: Request,
  found: Discovered | undefined,
): boolean {
  if (slot === undefined || found === undefined || conflict === "keep_source") return false;
  if (conflict === "replace_source") return true;
  return refuse("unsupported-syntax", call.span, {
    construct: `The column '${source.name}'`,
    reason:
      "the bag has a property of that name; columnsConflict='replace_source' or 'keep_source' says which one stays",
  });
}

function itemOf(name: string, value: Scalar, { context }: PluginCall): Item {
  return { column: context.newColumn(name, value.type, value.nullable), value };
}
