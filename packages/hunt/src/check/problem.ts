import type { Position } from "@goshawk/kql";
import type { Edit } from "../rules/text/edits.ts";

export type CheckSeverity = "error" | "warning" | "information";

/** Something that `check` has to say of a rule file, at a stretch of its text. */
export interface CheckProblem {
  /** Stable; see `checkCodes`. */
  readonly code: string;
  readonly severity: CheckSeverity;
  readonly path: string;
  readonly start: Position;
  readonly end: Position;
  readonly message: string;
  /** The next move. */
  readonly next?: string;
  /** The name of the rule that it is about. */
  readonly rule?: string;
  /** Edits of the file's text that set it right and change nothing that the rule finds. */
  readonly fix?: readonly Edit[];
  /** The query with the other reading of a doubtful condition, to be counted beside this one. */
  readonly instead?: { readonly query: string; readonly other: string };
  /** Why somebody silenced it. */
  readonly silenced?: string;
}
