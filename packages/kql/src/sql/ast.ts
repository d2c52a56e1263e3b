/** SQL as a tree. It knows nothing of KQL; only the printer makes text of it. */
export type SqlType =
  | "BOOLEAN"
  | "INTEGER"
  | "UTINYINT"
  | "BIGINT"
  | "UBIGINT"
  | "HUGEINT"
  | "UHUGEINT"
  | "DOUBLE"
  | "DECIMAL"
  | "VARCHAR"
  | "UUID"
  | "BLOB"
  | "JSON"
  | "DATE"
  | "TIMESTAMP"
  | "BIGINT[]"
  | "UBIGINT[]"
  | "DOUBLE[]"
  | "VARCHAR[]"
  | "JSON[]";

export type SqlExpr =
  | SqlColumn
  | SqlValue
  | SqlConstant
  | SqlCall
  | SqlOver
  | SqlOperation
  | SqlCast
  | SqlCase
  | SqlList
  | SqlStruct
  | SqlField
  | SqlLambda
  | SqlSubquery
  | SqlMembership
  | SqlOnce;

export interface SqlColumn {
  readonly kind: "column";
  readonly name: string;
  readonly source?: string;
}

/** A value that came from a caller: text travels as a parameter. */
export interface SqlValue {
  readonly kind: "value";
  readonly value: string | bigint | number | boolean | null;
  readonly type?: SqlType;
}

/** Text that a function row wrote: a JSON path, a format, a regular expression without input of the caller. */
export interface SqlConstant {
  readonly kind: "constant";
  readonly text: string;
}

export interface SqlCall {
  readonly kind: "call";
  readonly name: string;
  readonly args: readonly SqlExpr[];
  readonly distinct?: boolean;
  readonly orderBy?: readonly SqlOrder[];
  readonly filter?: SqlExpr;
  /** Computed over the rows of a group. */
  readonly aggregate?: boolean;
}

/** A window function. */
export interface SqlOver {
  readonly kind: "over";
  readonly call: SqlCall;
  readonly partitionBy: readonly SqlExpr[];
  readonly orderBy: readonly SqlOrder[];
  /** For example `rows between unbounded preceding and current row`. */
  readonly frame?: string;
  readonly ignoreNulls?: boolean;
}

export interface SqlOperation {
  readonly kind: "operation";
  readonly operator: SqlOperator;
  /** One operand: prefix; two: infix. `is null` and `is not null` follow their operand. */
  readonly args: readonly SqlExpr[];
}

export type SqlOperator =
  | "+"
  | "-"
  | "*"
  | "/"
  | "//"
  | "%"
  | "||"
  | "="
  | "<>"
  | "<"
  | "<="
  | ">"
  | ">="
  | "is distinct from"
  | "is not distinct from"
  | "and"
  | "or"
  | "not"
  | "is null"
  | "is not null"
  | "&"
  | "|"
  | "<<"
  | ">>"
  | "~";

export interface SqlCast {
  readonly kind: "cast";
  readonly arg: SqlExpr;
  readonly type: SqlType;
  /** Give null instead of an error. */
  readonly lenient: boolean;
}

export interface SqlCase {
  readonly kind: "case";
  readonly branches: readonly { readonly when: SqlExpr; readonly value: SqlExpr }[];
  readonly otherwise: SqlExpr;
}

export interface SqlList {
  readonly kind: "list";
  readonly items: readonly SqlExpr[];
}

export interface SqlStruct {
  readonly kind: "struct";
  readonly fields: readonly { readonly name: string; readonly value: SqlExpr }[];
}

/** A field of a struct. */
export interface SqlField {
  readonly kind: "field";
  readonly arg: SqlExpr;
  readonly name: string;
}

export interface SqlLambda {
  readonly kind: "lambda";
  readonly parameters: readonly string[];
  readonly body: SqlExpr;
}

export interface SqlSubquery {
  readonly kind: "subquery";
  readonly query: SqlQuery;
}

/** `arg in (items)` or `arg in (query)`. */
export interface SqlMembership {
  readonly kind: "membership";
  readonly arg: SqlExpr;
  readonly items: readonly SqlExpr[] | SqlQuery;
}

/** `value` computed once and named `name` inside `body`. */
export interface SqlOnce {
  readonly kind: "once";
  readonly name: string;
  readonly value: SqlExpr;
  readonly body: SqlExpr;
}

export interface SqlOrder {
  readonly value: SqlExpr;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
}

export type SqlQuery = SqlSelect | SqlUnionAll | SqlWith;

export interface SqlSelect {
  readonly kind: "select";
  readonly items: readonly SqlItem[];
  /** Also all columns of `from`, before `items`. */
  readonly star?: boolean;
  readonly distinctOn?: readonly SqlExpr[];
  readonly from?: SqlFrom;
  readonly where?: SqlExpr;
  readonly groupBy?: readonly SqlExpr[];
  readonly qualify?: SqlExpr;
  readonly orderBy?: readonly SqlOrder[];
  readonly limit?: SqlExpr;
}

export interface SqlItem {
  readonly value: SqlExpr;
  readonly alias: string;
}

export interface SqlUnionAll {
  readonly kind: "unionAll";
  readonly inputs: readonly SqlQuery[];
  /** `union` where equal rows count once, and between the rounds of a recursion with a key. */
  readonly distinct?: boolean;
}

export interface SqlWith {
  readonly kind: "with";
  readonly recursive: boolean;
  readonly tables: readonly SqlCommonTable[];
  readonly query: SqlQuery;
}

export interface SqlCommonTable {
  readonly name: string;
  readonly columns?: readonly string[];
  readonly query: SqlQuery;
  readonly materialized: boolean;
  /** Of a recursion: a new row takes the place of the one with the same value here. */
  readonly key?: string;
}

export type SqlFrom = SqlTable | SqlDerived | SqlJoin | SqlUnnest | SqlRows | SqlCounter;

export interface SqlTable {
  readonly kind: "table";
  readonly name: string;
  /** `recurring`: all rows that a recursion with a key holds. */
  readonly schema?: "recurring";
}

export interface SqlDerived {
  readonly kind: "derived";
  readonly query: SqlQuery;
  readonly alias: string;
}

export interface SqlJoin {
  readonly kind: "join";
  readonly join: "inner" | "left" | "right" | "full" | "semi" | "anti" | "cross" | "cross lateral";
  readonly left: SqlFrom;
  readonly right: SqlFrom;
  readonly on?: SqlExpr;
}

/** `unnest(list)` as a relation of one column. */
export interface SqlUnnest {
  readonly kind: "unnest";
  readonly list: SqlExpr;
  readonly alias: string;
  readonly column: string;
}

/** `(values …)`; at least one row. */
export interface SqlRows {
  readonly kind: "rows";
  readonly rows: readonly (readonly SqlExpr[])[];
  readonly alias: string;
  readonly columns: readonly string[];
}

/** The whole numbers from 0 up to but not including `count`, as a relation of one column that no list is made for. */
export interface SqlCounter {
  readonly kind: "counter";
  readonly count: SqlExpr;
  readonly alias: string;
  readonly column: string;
}
