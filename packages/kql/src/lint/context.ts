import type { Syntax } from "../syntax/tree.ts";
import type { QueryNote } from "./note.ts";

/** A query as lints see it. */
export interface LintContext {
  readonly text: string;
  readonly root: Syntax;
  /** All nodes, each with the one that it stands in. */
  readonly nodes: readonly { readonly node: Syntax; readonly parent: Syntax | undefined }[];
  /** Old names of tables, and today's. */
  readonly renamed: ReadonlyMap<string, string>;
}

/** Looks for one kind of thing. */
export type QueryLint = (context: LintContext) => readonly QueryNote[];
