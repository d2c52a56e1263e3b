import { Refusal } from "../diagnostics/diagnostic.ts";
import type { Rel } from "../ir/rel.ts";
import { child, nameOf, type Syntax } from "../syntax/tree.ts";
import { type BindContext, type Environment, environment, lookUp, namesInReach } from "./context.ts";
import { namePattern } from "./namePattern.ts";
import { readTable } from "./table.ts";

/** One input of a union, search or find, and the name that its rows get there. */
export interface Source {
  readonly rel: Rel;
  /** Undefined: neither a table nor named by `as`; the operator numbers it. */
  readonly name: string | undefined;
}

/** What to do about names that nothing knows. */
export interface SourceOptions {
  /** Leave them out with a warning. */
  readonly fuzzy: boolean;
}

/** The inputs that a list of tables, patterns and expressions names. */
export function sourcesFrom(
  nodes: readonly Syntax[],
  options: SourceOptions,
  env: Environment,
  context: BindContext,
): readonly Source[] {
  return nodes.flatMap((item) => sourceOf(item, options, env, context));
}

function sourceOf(item: Syntax, { fuzzy }: SourceOptions, env: Environment, context: BindContext): readonly Source[] {
  const wildcard = wildcardOf(item);
  if (wildcard !== undefined) return sourcesLike(wildcard, item, env, context);
  try {
    const bind = (): Rel => context.tabular(item, env);
    const rel = fuzzy ? context.amongKnownTables(bind) : bind();
    return [{ rel, name: nameOfSource(item, rel, env) }];
  } catch (error) {
    if (!fuzzy || !(error instanceof Refusal) || !unknown(error)) throw error;
    // Rows that nobody could look at are missing from the answer, as a table without rows is.
    context.noteTable(textOf(item, context));
    context.noteWarning(`${error.message} It was left out of the union (isfuzzy=true).`);
    return [];
  }
}

const absent: ReadonlySet<string> = new Set(["unknown-table", "unknown-function", "could-not-look"]);

function unknown(error: Refusal): boolean {
  return absent.has(error.diagnostic.code);
}

function textOf(item: Syntax, context: BindContext): string {
  return context.text.slice(item.span.start, item.span.end).trim();
}

function wildcardOf(item: Syntax): string | undefined {
  if (item.kind !== "NameReference") return undefined;
  const name = nameOf(item);
  return name.includes("*") ? name : undefined;
}

function sourcesLike(pattern: string, item: Syntax, env: Environment, context: BindContext): readonly Source[] {
  const fits = namePattern(pattern);
  const names = context.searchedTables().filter(fits);
  return [...tablesOf(names, item, context), ...viewsOf(env, context).filter(({ name = "" }) => fits(name))];
}

/** Stored tables as sources. */
export function tablesOf(names: readonly string[], at: Syntax, context: BindContext): readonly Source[] {
  return names.map((name) => ({ rel: readTable(name, at.span, context), name }));
}

/** What the query declares by `let name = view () { … }`. */
export function viewsOf(env: Environment, context: BindContext): readonly Source[] {
  return [...namesInReach(env)].flatMap(([name, binding]): readonly Source[] => {
    if (binding.kind !== "function" || binding.view === undefined) return [];
    const result = context.block(binding.view, environment(binding.env));
    return result.kind === "tabular" ? [{ rel: result.rel, name }] : [];
  });
}

/** The name of a table, of a view, or that `as` gave; a `let` gives none. */
function nameOfSource(item: Syntax, rel: Rel, env: Environment): string | undefined {
  if (item.kind === "ParenthesizedExpression") return nameOfSource(child(item, "Expression"), rel, env);
  const operator = item.kind === "PipeExpression" ? child(item, "Operator") : undefined;
  if (operator?.kind === "AsOperator") return nameOf(child(operator, "Name"));
  const bound = item.kind === "NameReference" ? lookUp(env, nameOf(item)) : undefined;
  if (bound !== undefined) return bound.kind === "function" && bound.view !== undefined ? nameOf(item) : undefined;
  return rel.kind === "read" ? rel.table : undefined;
}

/** The source that stands before the pipe. */
export function pipedSource(rel: Rel, env: Environment): Source {
  if (rel.kind === "read") return { rel, name: rel.table };
  const named = [...env.names].find(([, bound]) => bound.kind === "tabular" && bound.rel === rel);
  return { rel, name: named?.[0] };
}
