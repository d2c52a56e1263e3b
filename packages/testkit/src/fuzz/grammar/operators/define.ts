import type { Tree } from "../../tree.ts";
import type { Columns, Grammar } from "../grammar.ts";

/** A tabular operator that a random query can use. */
export interface RandomOperator {
  /** The text after the bar; undefined where these columns don't allow one. */
  readonly make: (grammar: Grammar, columns: Columns) => Tree | undefined;
  /** How often it is taken, as against 10. */
  readonly weight: number;
  /** What it does to the order of the rows: puts all in order, keeps it, or loses it. */
  readonly order: "makes" | "keeps" | "loses";
  /** Set where the answer is not determined, whatever its input. */
  readonly vague?: boolean;
}
