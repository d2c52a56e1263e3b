import { anchored, type ParsedRegex, parseRegex } from "../../regex/parse.ts";
import { canBeEmpty } from "../../regex/program.ts";
import { isPlain, toRe2 } from "../../regex/re2.ts";
import { fromRe2 } from "../../regex/re2Spelling.ts";
import type { Anchor } from "../../regex/regex.ts";
import type { RegexTree } from "../../regex/tree.ts";
import type { SqlExpr } from "../../sql/ast.ts";
import { call, choose, constantText, equal, once, value } from "../../sql/build.ts";
import type { Check, Complaint } from "../define.ts";

/** How a function uses a regular expression. */
export interface RegexUse {
  /** In SQL, with a pattern that RE2 reads as Kusto reads the original. */
  readonly native: (of: SqlExpr, pattern: SqlExpr, tree: RegexTree) => SqlExpr;
  /** By a host function, with the pattern as it was written. */
  readonly host: (of: SqlExpr) => SqlExpr;
  /** The answer for a text that doesn't match. */
  readonly otherwise: (of: SqlExpr) => SqlExpr;
  readonly anchor?: Anchor;
  /** Only whether there is a match counts: large classes cost nothing then. */
  readonly onlyTests?: boolean;
  /** DuckDB goes on behind an empty match in another way than Kusto. */
  readonly hostIfEmpty?: boolean;
}

/**
 * Holds a text against a regular expression: RE2 does it where it reads the pattern alike, which for most patterns
 * depends on whether the text is ASCII; the host does the rest.
 */
export function withRegex(of: SqlExpr, pattern: SqlExpr, use: RegexUse): SqlExpr {
  const tree = constantTree(pattern, use.anchor ?? "none");
  if (tree === undefined || (use.hostIfEmpty === true && canBeEmpty(tree.root))) return use.host(of);
  const any = toRe2(tree, "any");
  if (any !== undefined && (use.onlyTests === true || isPlain(tree))) return use.native(of, value(any), tree);
  const ascii = toRe2(tree, "ascii");
  if (ascii === undefined && any === undefined) return use.host(of);
  return once(of, (subject) =>
    choose(
      isAscii(subject),
      ascii === undefined ? use.host(subject) : use.native(subject, value(ascii), tree),
      any === undefined ? onlyIfLikely(subject, tree, use) : use.native(subject, value(any), tree),
    ),
  );
}

/** The host is asked only about texts that match a wider pattern. */
function onlyIfLikely(of: SqlExpr, tree: RegexTree, use: RegexUse): SqlExpr {
  const wider = toRe2(tree, "superset");
  if (wider === undefined) return use.host(of);
  return choose(call("regexp_matches", of, value(wider)), use.host(of), use.otherwise(of));
}

export const isAscii = (of: SqlExpr): SqlExpr => equal(call("strlen", of), call("length", of));

/** Reads a pattern as Kusto does today, or where it can't be read so, as its engine did that was RE2. */
function readPattern(pattern: string): ParsedRegex {
  const found = parseRegex(pattern);
  if (found.ok) return found;
  const older = parseRegex(fromRe2(pattern));
  return older.ok ? older : found;
}

/** The tree of a pattern that is constant. */
export function constantTree(pattern: SqlExpr, anchor: Anchor = "none"): RegexTree | undefined {
  const constant = constantText(pattern);
  const parsed = constant === undefined ? undefined : readPattern(constant);
  if (parsed?.ok !== true) return undefined;
  return anchor === "none" ? parsed.tree : anchored(parsed.tree, anchor);
}

/** Refuses a constant that is no regular expression; `position` is the pattern's place among the arguments. */
export function checkRegex(position: number, more?: (tree: RegexTree) => Complaint | undefined): Check {
  return (...args) => {
    const pattern = args[position];
    if (typeof pattern !== "string") return undefined;
    const parsed = readPattern(pattern);
    if (parsed.ok) return more?.(parsed.tree);
    return {
      argument: `the regular expression ${JSON.stringify(pattern.slice(0, 80))}`,
      reason: `${parsed.message}, at its character ${parsed.at + 1}`,
    };
  };
}
