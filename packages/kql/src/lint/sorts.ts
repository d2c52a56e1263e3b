import { child, list, nameOf, type Syntax, walkSyntax } from "../syntax/tree.ts";
import type { QueryLint } from "./context.ts";
import { queryNote } from "./note.ts";

/** Operators after which the rows are the same, in the same order. */
const keeping = new Set([
  "ProjectOperator",
  "ProjectAwayOperator",
  "ProjectKeepOperator",
  "ProjectRenameOperator",
  "ProjectReorderOperator",
  "ExtendOperator",
  "RenderOperator",
  "SerializeOperator",
  "AsOperator",
]);
const ordered = /^(prev|next|row_\w+)$/;

/** A sort at the end of the query, after which all rows are handed over. */
export const unboundedSorts: QueryLint = ({ root }) => {
  let pipe: Syntax | undefined = list(root, "Statements").at(-1)?.fields.Expression;
  while (pipe?.kind === "PipeExpression") {
    const operator = child(pipe, "Operator");
    if (operator.kind === "SortOperator") return [queryNote("unbounded-sort", operator.span, {})];
    if (!keeping.has(operator.kind) || needsOrder(operator)) return [];
    pipe = pipe.fields.Expression;
  }
  return [];
};

function needsOrder(operator: Syntax): boolean {
  for (const node of walkSyntax(operator)) {
    if (node.kind === "FunctionCallExpression" && ordered.test(nameOf(child(node, "Name")))) return true;
  }
  return false;
}
