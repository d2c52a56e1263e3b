import type { ColumnSchema } from "@goshawk/kql";
import type { Row } from "../compare/rows.ts";

/** A query and the answer that Kusto gives to it. */
export interface ConformanceCase {
  readonly id: string;
  /** Where the expectation comes from: document, recording or measurement. */
  readonly source: string;
  readonly kql: string;
  readonly expect: ExpectedTable | ExpectedError;
  readonly area: string;
  readonly file: string;
  readonly line: number;
}

export interface ExpectedTable {
  readonly columns: readonly ColumnSchema[];
  readonly rows: readonly Row[];
  /** `given` where the query ends in an order that leaves no ties. */
  readonly order: "any" | "given";
}

/** The query must be refused, with this code. */
export interface ExpectedError {
  readonly error: string;
}
