import type { Position } from "@goshawk/kql";

/** Cells by column: whatever YAML or JSON can write. */
export type EventRow = Readonly<Record<string, unknown>>;

/** What a rule must make of a case's events. */
export type Expectation =
  | { readonly kind: "fires" }
  | { readonly kind: "nothing" }
  | { readonly kind: "count"; readonly count: number }
  | { readonly kind: "rows"; readonly rows: readonly EventRow[]; readonly more: boolean };

/** A case of a rule's test. */
export interface TestCase {
  readonly name: string;
  /** A file beside the test file, or the id or name of a rule. */
  readonly rule: string | undefined;
  readonly now: string | undefined;
  /** A file or folder of exclusions to apply. */
  readonly exclusions: string | undefined;
  readonly events: ReadonlyMap<string, readonly EventRow[]>;
  readonly expect: Expectation;
  readonly path: string;
  readonly position: Position;
}

/** Something wrong in a test file, or with what it names. */
export interface TestProblem {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}
