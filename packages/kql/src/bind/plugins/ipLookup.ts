import { refuse } from "../../diagnostics/diagnostic.ts";
import { project } from "../../ir/build.ts";
import type { Item, Rel } from "../../ir/rel.ts";
import { columnRef } from "../../ir/scalar.ts";
import { child, nameOf, type Syntax } from "../../syntax/tree.ts";
import { columnNamed } from "../scope.ts";
import { argumentsOf } from "../userFunction.ts";
import { constantArgument, type Plugin, type PluginCall, required } from "./define.ts";
import { quoted, runTemplate } from "./template.ts";

/** How the two families of addresses are cut to the length of a prefix. */
interface Family {
  readonly name: string;
  readonly keyNames: readonly [source: string, lookup: string];
  readonly longest: number;
  /** An address under a prefix of `length`, as a value to compare. */
  readonly mask: (address: string, length: string) => string;
  readonly lookupFirst: boolean;
}

const v4: Family = {
  name: "ipv4_lookup",
  keyNames: ["SourceIPv4Key", "IPv4LookupKey"],
  longest: 32,
  mask: (address, length) => `parse_ipv4_mask(${address}, ${length})`,
  lookupFirst: false,
};

const v6: Family = {
  name: "ipv6_lookup",
  keyNames: ["SourceIPv6Key", "IPv6LookupKey"],
  longest: 128,
  mask: (address, length) => `parse_ipv6_mask(${address}, ${length})`,
  lookupFirst: true,
};

export const ipv4Lookup: Plugin = lookup(v4, "Rows of a table of IPv4 ranges that hold each row's address.");
export const ipv6Lookup: Plugin = lookup(v6, "Rows of a table of IPv6 ranges that hold each row's address.");

function lookup(family: Family, summary: string): Plugin {
  return { name: family.name, summary, bind: (call) => findRanges(call, family) };
}

/** Addresses are cut to each length of prefix that the table has, so that a join of equal values finds the ranges. */
function findRanges(call: PluginCall, family: Family): Rel {
  const { input, env, context } = call;
  const table = context.tabular(required(call, 0, "LookupTable"), env);
  const sourceKey = keyColumn(call, 1, family.keyNames[0], input);
  const lookupKey = keyColumn(call, 2, family.keyNames[1], table);
  const extra = extraKeys(call, input, table);
  const renamed = table.columns.map((column, index) => `__l${index} = ${quoted(column.name)}`).join(", ");
  const shown = table.columns.map((_, index) => `__l${index}`);
  const place = (name: string): string => `__l${table.columns.findIndex((column) => column.name === name)}`;
  const on = ["__len", "__base", ...extra.map((name) => `$left.${quoted(name)} == $right.${place(name)}`)];
  const text = `
    let L = U
      | project ${renamed}
      | extend __net = split(${place(lookupKey)}, "/")
      | extend __len = iff(array_length(__net) > 1, toint(__net[1]), ${family.longest})
      | extend __base = ${family.mask("tostring(__net[0])", "__len")};
    let S = T | serialize __row = row_number();
    let M = S
      | extend __one = 1
      | join kind=inner (L | distinct __len | extend __one = 1) on __one
      | extend __base = ${family.mask(quoted(sourceKey), "__len")}
      | join kind=inner L on ${on.join(", ")}
      | where ${family.longest === 32 ? "isnotnull(__base)" : "isnotempty(__base)"}
      | project __row, ${shown.join(", ")};
    S
    | join kind=${unmatchedToo(call) ? "leftouter" : "inner"} M on __row
    | project ${[...input.columns.map((column) => quoted(column.name)), ...shown].join(", ")}`;
  const found = runTemplate(call, text, { tables: { T: input, U: table } });
  return withNames(call, found, input, table, family);
}

function keyColumn(call: PluginCall, index: number, name: string, rel: Rel): string {
  const node = required(call, index, name);
  return columnNamed(rel.columns, nameOf(node), node.span).name;
}

function positional(call: PluginCall): readonly Syntax[] {
  return argumentsOf(call.call).filter((arg) => arg.kind !== "SimpleNamedExpression");
}

/** Further columns of both tables that must be equal. */
function extraKeys(call: PluginCall, input: Rel, table: Rel): readonly string[] {
  return positional(call)
    .slice(3)
    .filter((node) => node.kind === "NameReference")
    .map((node) => {
      columnNamed(table.columns, nameOf(node), node.span);
      return columnNamed(input.columns, nameOf(node), node.span).name;
    });
}

/** `return_unmatched`, by name or as the last argument. */
function unmatchedToo(call: PluginCall): boolean {
  const last = positional(call).at(-1);
  if (last?.kind === "BooleanLiteralExpression") return child(last, "Token").text.toLowerCase() === "true";
  const value = constantArgument(call, Number.MAX_SAFE_INTEGER, "return_unmatched");
  if (value === undefined || typeof value === "boolean") return value === true;
  return refuse("not-a-constant", call.call.span, { name: "return_unmatched", what: "a truth value" });
}

/** Names that both tables have get a number; the tables' order is the plugin's own. */
function withNames(call: PluginCall, found: Rel, input: Rel, table: Rel, family: Family): Rel {
  const sides = [found.columns.slice(0, input.columns.length), found.columns.slice(input.columns.length)] as const;
  const ordered = family.lookupFirst ? [...sides[1], ...sides[0]] : [...sides[0], ...sides[1]];
  const original = family.lookupFirst ? [...table.columns, ...input.columns] : [...input.columns, ...table.columns];
  const taken = new Set<string>();
  const items = ordered.map((column, index): Item => {
    const name = freeName(original[index]?.name ?? column.name, taken);
    taken.add(name);
    return { column: { ...column, name }, value: columnRef(column) };
  });
  return project({ ...found, ordering: [] }, items, call.node.span);
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  let number = 1;
  while (taken.has(`${name}${number}`)) number++;
  return `${name}${number}`;
}
