/** Something in a file of exclusions that a person must look at. */
export interface ExclusionProblem {
  readonly path: string;
  /** One-based. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** The next move. */
  readonly next: string;
}
