import { declaredCalls } from "./bind/outside/declarations.ts";
import type { TableLayout } from "./lower/rel.ts";
import type { DatabaseSymbols, NamedTable, StoredFunction } from "./syntax/globals.ts";
import type { TableSchema } from "./values/schema.ts";

/** What a text may refer to. */
export interface Reach {
  table(name: string): (TableSchema & { readonly open?: boolean }) | undefined;
  tableNames(): readonly string[];
  layout(table: string): TableLayout;
  readonly functions?: readonly StoredFunction[];
}

/**
 * Only the tables and functions that the text may name, in the functions' bodies too: symbols for all of the catalogue
 * cost more than parsing. A search of everything looks into the tables that have rows.
 */
export function symbolsFor(text: string, reach: Reach): DatabaseSymbols {
  const functions = functionsNamed(text, reach.functions ?? []);
  const whole = [text, ...functions.map((item) => item.body)].join("\n");
  const words = wordsOf(whole);
  const defined = new Set(functions.map((item) => item.name));
  return {
    tables: tablesNamed(whole, words, reach).filter(({ name }) => !defined.has(name)),
    functions,
    calls: declaredCalls(whole, words, functions, (name) => reach.table(name)),
    databases: argumentsOf("database", whole),
    clusters: argumentsOf("cluster", whole),
  };
}

/** The names that a text may hold. */
export function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? []);
}

/** The functions that a text may call, and those that they may call. */
export function functionsNamed(text: string, all: readonly StoredFunction[]): readonly StoredFunction[] {
  if (all.length === 0) return [];
  const byName = new Map(all.map((item) => [item.name, item]));
  const found = new Set<StoredFunction>();
  const texts = [text];
  for (let next = texts.pop(); next !== undefined; next = texts.pop()) {
    for (const word of wordsOf(next)) {
      const item = byName.get(word);
      if (item === undefined || found.has(item)) continue;
      found.add(item);
      texts.push(item.body);
    }
  }
  return [...found];
}

function tablesNamed(text: string, words: ReadonlySet<string>, reach: Reach): readonly NamedTable[] {
  const patterns = text.includes("*") ? wildcardPatterns(text) : [];
  const everything = /\b(search|find)\b|\bunion\b[^|]*[\s,(]\*/.test(text);
  const fits = (name: string): boolean =>
    words.has(name) ||
    (!reachedByCall(name) &&
      (patterns.some((pattern) => pattern.test(name)) || (everything && reach.layout(name).relation !== undefined)));
  return reach
    .tableNames()
    .filter(fits)
    .flatMap((name): readonly NamedTable[] => {
      const schema = reach.table(name);
      return schema === undefined ? [] : [{ name, schema }];
    });
}

/** Watchlists and the like are called by name, and no wildcard means them. */
function reachedByCall(name: string): boolean {
  return name.includes("(");
}

function wildcardPatterns(text: string): readonly RegExp[] {
  const found = text.match(/[\p{L}_][\p{L}\p{N}_]*\*[\p{L}\p{N}_*]*/gu) ?? [];
  return [...new Set(found)].map((pattern) => new RegExp(`^${pattern.replaceAll("*", ".*")}$`));
}

/** The constant arguments of `database("…")` and `cluster("…")`. */
function argumentsOf(name: string, text: string): readonly string[] {
  if (!text.includes(name)) return [];
  const found = text.matchAll(new RegExp(`\\b${name}\\s*\\(\\s*[@hH]*(?:"([^"]*)"|'([^']*)')\\s*\\)`, "g"));
  return [...new Set([...found].map(([, double, single]) => double ?? single ?? ""))].filter((item) => item !== "");
}
