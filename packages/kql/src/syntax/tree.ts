import { type Span, span } from "../diagnostics/span.ts";
import type { ColumnSchema } from "../values/schema.ts";

/** A node of the bound syntax tree, free of the official parser's classes. */
export interface Syntax {
  /** The official `SyntaxKind`. */
  readonly kind: string;
  readonly span: Span;
  /** The text of a token, empty for other nodes. */
  readonly text: string;
  /** A string token's decoded value, or what stands inside `datetime(…)` and the like. */
  readonly value: string;
  /** Children by the official name of their place. */
  readonly fields: Readonly<Record<string, Syntax>>;
  /** The elements of a list, without separators; the unnamed children of other nodes. */
  readonly items: readonly Syntax[];
  /** The official binder's type of a scalar expression: a Kusto type, `unknown`, `error`, …; empty if it has none. */
  readonly type: string;
  /** The official binder's columns of a tabular expression. */
  readonly columns?: readonly OfficialColumn[];
  /** The columns that a scalar function such as `series_fit_line()` gives; such a node has no `columns`. */
  readonly tuple?: readonly OfficialColumn[];
  /** True when the official binder can't know all of the columns before the query runs. */
  readonly open: boolean;
  /** The name of the symbol that this refers to, and what sort of symbol. */
  readonly symbol?: SymbolReference;
  /** The body of the called user-defined function, bound for this call. */
  readonly body?: () => Syntax | undefined;
}

/** What a name refers to. */
export interface SymbolReference {
  readonly name: string;
  readonly sort: string;
  /** Of a function: how an unnamed call of it names its column. */
  readonly resultName?: ResultName;
}

/** An unnamed call is named `prefix`, or `prefix_` and its first argument's name, or as its first argument. */
export interface ResultName {
  readonly prefix?: string;
  readonly argument: boolean;
}

export interface OfficialColumn {
  readonly name: string;
  readonly type: ColumnSchema["type"] | "unknown";
}

const absent: Syntax = {
  kind: "",
  span: span(0, 0),
  text: "",
  value: "",
  fields: {},
  items: [],
  type: "",
  open: false,
};

/** The child at `name`, or an empty node. */
export function child(node: Syntax, name: string): Syntax {
  return node.fields[name] ?? absent;
}

/** The child at `name`, or undefined where the text leaves it out. */
export function optional(node: Syntax, name: string): Syntax | undefined {
  return node.fields[name];
}

/** The elements of the list at `name`; none where there is no list. */
export function list(node: Syntax, name: string): readonly Syntax[] {
  return node.fields[name]?.items ?? [];
}

/** The name that a name node, a name declaration or a name reference spells. */
export function nameOf(node: Syntax): string {
  if (node.text !== "") return node.value !== "" ? node.value : node.text;
  const inner = node.fields.Name ?? node.fields.Pattern ?? node.fields.Expression ?? node.fields.Token ?? node.items[0];
  return inner === undefined ? "" : nameOf(inner);
}

/** All nodes below and including `node`, depth first. */
export function* walkSyntax(node: Syntax): Generator<Syntax> {
  // A chain of operators is as deep as it is long: a generator for each level would hand every node up through all of them.
  const waiting = [node];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    yield next;
    for (const item of next.items.toReversed()) waiting.push(item);
    for (const field of Object.values(next.fields).reverse()) waiting.push(field);
  }
}
