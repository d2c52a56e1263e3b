import type { Span } from "../diagnostics/span.ts";
import type { Discovered } from "../discovery.ts";
import type { Column } from "../ir/column.ts";
import type { Rel } from "../ir/rel.ts";
import type { LiteralValue, Scalar } from "../ir/scalar.ts";
import type { Syntax } from "../syntax/tree.ts";
import type { TableSchema } from "../values/schema.ts";
import type { KqlType } from "../values/type.ts";
import type { ExternalAnswer, ExternalRequest } from "./outside/externalRequest.ts";

/** What a name bound by `let`, or a parameter of a function, stands for. */
export type Binding =
  | { readonly kind: "scalar"; readonly value: Scalar }
  | { readonly kind: "tabular"; readonly rel: Rel }
  | QueryPattern
  | UserFunction;

/** A name that stands for another query for each set of arguments. */
export interface QueryPattern {
  readonly kind: "pattern";
  readonly types: readonly KqlType[];
  readonly matches: readonly { readonly values: readonly LiteralValue[]; readonly body: Syntax }[];
  /** The names that the queries see. */
  readonly env: Environment;
}

/** A function declared by `let`, or kept by the database. */
export interface UserFunction {
  readonly kind: "function";
  readonly parameters: readonly UserParameter[];
  /** The body of a view, which wildcards and searches find by themselves. */
  readonly view?: Syntax;
  /** The names that its body sees besides its parameters. */
  readonly env: Environment;
}

export interface UserParameter {
  readonly name: string;
  readonly tabular: boolean;
  readonly defaultValue?: Syntax;
  /** The type that a scalar argument is converted to; absent for tables. */
  readonly type?: KqlType;
}

/** Names in reach, innermost first. */
export interface Environment {
  readonly names: Map<string, Binding>;
  readonly outer?: Environment;
}

/** A stretch of event time, in ticks; a side without a bound is open. */
export interface TimeScope {
  readonly from?: bigint;
  /** The first moment after it. */
  readonly to?: bigint;
  /** The column that it is about; the tables' own event time unless said. */
  readonly column?: string;
}

/** What `render` asks for: the sort of chart, and its properties as written. */
export interface Render {
  readonly chart: string;
  readonly properties: Readonly<Record<string, string>>;
}

/** One compilation: what binding may ask for and where it counts. */
export interface BindContext {
  /** The KQL text. */
  readonly text: string;
  /** `now()` in ticks of 100 ns since 0001-01-01 UTC: one constant a query. */
  readonly now: bigint;
  /** The schema of a stored or catalogued table, by any case-sensitive name. */
  table(name: string): (TableSchema & { readonly assumed?: boolean }) | undefined;
  /** Names of all tables, for wildcards. */
  tableNames(): readonly string[];
  /** The tables that a search of the whole database looks into. */
  searchedTables(): readonly string[];
  newColumn(name: string, type: KqlType, nullable: boolean): Column;
  /** What a look at the rows told about the operator that begins at `at`; each call asks for its next binding. */
  discovered(at: number): {
    readonly occurrence: number;
    readonly found: Discovered | undefined;
    /** Whether the operator's schema clause is not the query's own, but what an earlier look put there. */
    readonly inserted: boolean;
    /** Whether it stands in a stored function, whose text takes no schema clause from here. */
    readonly inFunction: boolean;
  };
  /** Binds what stands in the body of a stored function. */
  insideFunction<T>(bind: () => T): T;
  /** Binds what may be left out: tables that are only assumed to be somewhere are unknown to it. */
  amongKnownTables<T>(bind: () => T): T;
  /** Shows another table after the result of the statement: operators such as `fork` give several. */
  alsoShow(rel: Rel): void;
  /** The value that the caller gives for a declared query parameter. */
  parameter(name: string): string | undefined;
  /** The stretch of time that the rows of every stored table are held to. */
  readonly scope: TimeScope | undefined;
  /** Notes how the query wants its rows shown. */
  noteRender(render: Render): void;
  /** Notes a table that the query reads. */
  noteTable(name: string): void;
  /** Gives a scalar expression its meaning (the way back up, so that the files of `bind` need no import cycle). */
  scalar(node: Syntax, scope: Scope): Scalar;
  /** Gives a tabular expression its meaning. */
  tabular(node: Syntax, env: Environment): Rel;
  /** Gives a pipeline of operators without a source (`where … | summarize …`) its meaning over `input`. */
  pipeline(node: Syntax, input: Rel, env: Environment): Rel;
  /** Gives the statements of a block or function body their meaning: the last expression's. */
  block(node: Syntax, env: Environment): Binding;
  /** A function that the database keeps. */
  storedFunction(name: string): UserFunction | undefined;
  /** Whether the engine has a database that tells where IP addresses are. */
  readonly placesOfAddresses: boolean;
  /** The rows of a file outside of the store; throws where the caller of `compile` was not asked for them yet. */
  external(request: ExternalRequest): ExternalAnswer;
  /** Notes what the answer can't tell, such as a table that isn't there. */
  noteWarning(message: string): void;
}

/** Where a scalar expression stands: the row's columns, the names in reach and the compilation. */
export interface Scope {
  readonly columns: readonly Column[];
  readonly env: Environment;
  readonly context: BindContext;
  /** `$left` and `$right` of a join condition, and the like. */
  readonly rows?: ReadonlyMap<string, readonly Column[]>;
  /** Where the rows are serialized: takes the window functions met in an expression. */
  readonly windows?: WindowCollector;
  /** Answers for a node itself, before its ordinary meaning: aggregations inside an expression, and the like. */
  readonly intercept?: (node: Syntax, scope: Scope) => Scalar | undefined;
  /** Another meaning of a name (`a`) or path (`a.b`), e.g. a state variable of `scan`. */
  readonly special?: (name: string) => Scalar | undefined;
}

/** Takes a window function and answers with the column that will hold its result. */
export interface WindowCollector {
  add(name: string, args: readonly Scalar[], origin: Span): Scalar;
}

export function environment(outer?: Environment): Environment {
  return outer === undefined ? { names: new Map() } : { names: new Map(), outer };
}

/** All names in reach, an inner one before an outer one that it hides. */
export function namesInReach(env: Environment): ReadonlyMap<string, Binding> {
  const outer = env.outer === undefined ? [] : namesInReach(env.outer);
  return new Map([...outer, ...env.names]);
}

export function lookUp(env: Environment, name: string): Binding | undefined {
  return env.names.get(name) ?? (env.outer === undefined ? undefined : lookUp(env.outer, name));
}
