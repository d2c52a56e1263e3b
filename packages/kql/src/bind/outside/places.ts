import { refuse } from "../../diagnostics/diagnostic.ts";
import type { Rel } from "../../ir/rel.ts";
import { child, nameOf, type Syntax } from "../../syntax/tree.ts";
import type { BindContext, Environment } from "../context.ts";
import { readTable } from "../table.ts";
import { argumentsOf } from "../userFunction.ts";

/** Places whose tables are not those of this catalogue. */
const services: ReadonlyMap<string, string> = new Map([
  ["arg", "Azure Resource Graph is a service that Goshawk does not ask"],
  ["adx", "it is a cluster that Goshawk does not ask"],
]);

/** The catalogue's functions that name a place; the support matrix needs them. */
export const placeFunctions: { readonly names: readonly string[]; readonly approximate: string } = {
  names: ["cluster", "database"],
  approximate: "every place is taken to be this store, with a warning",
};

/** `workspace("x").T`, `cluster("c").database("d").T`, `arg("").T`: the table itself, and a warning of what was taken. */
export function bindQualified(node: Syntax, env: Environment, context: BindContext): Rel {
  const owner = child(node, "Expression");
  const selector = child(node, "Selector");
  const isTable = selector.kind === "NameReference" && selector.body?.() === undefined;
  const text = `${placeText(owner)}.${nameOf(selector)}`;
  const service = services.get(outermost(owner));
  const table = isTable ? tableLike(nameOf(selector), service !== undefined, context) : nameOf(selector);
  if (service !== undefined && (!isTable || context.table(table) === undefined))
    return refuse("could-not-look", node.span, {
      name: text,
      reason: service,
      next: `Ingest its rows as a table called '${nameOf(selector)}'.`,
    });
  const rel = isTable ? readTable(table, selector.span, context) : context.tabular(selector, env);
  context.noteWarning(`${text} was taken to be ${table} of this store.`);
  return rel;
}

/** The services' own table names are the same in any letter case. */
function tableLike(name: string, anyCase: boolean, context: BindContext): string {
  if (!anyCase || context.table(name) !== undefined) return name;
  const wanted = name.toLowerCase();
  return context.tableNames().find((item) => item.toLowerCase() === wanted) ?? name;
}

/** The function that names the outermost place. */
function outermost(owner: Syntax): string {
  return owner.kind === "PathExpression" ? outermost(child(owner, "Expression")) : nameOf(child(owner, "Name"));
}

function placeText(owner: Syntax): string {
  if (owner.kind === "PathExpression")
    return `${placeText(child(owner, "Expression"))}.${placeText(child(owner, "Selector"))}`;
  const given = argumentsOf(owner).map((arg) => `"${child(arg, "Token").value}"`);
  return `${nameOf(child(owner, "Name"))}(${given.join(", ")})`;
}
