import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { child, nameOf, type Syntax } from "../syntax/tree.ts";
import { pluginNamed } from "./plugins/index.ts";

/** Whether an error of the official binder is about something that Kusto itself runs. */
export function isTolerated(found: Diagnostic, root: Syntax): boolean {
  if (argumentCodes.has(found.code) && isPluginArgument(pathTo(root, found))) return true;
  if (found.code === "KS107") return isTerm(pathTo(root, found)) || isCounted(pathTo(root, found));
  if (found.code === "KS142") return isFuzzyPattern(pathTo(root, found));
  return false;
}

/** The official parser knows older lists of arguments: a count, a type, a constant, a plugin that it doesn't have. */
const argumentCodes: ReadonlySet<string> = new Set([
  "KS107",
  "KS108",
  "KS117",
  "KS118",
  "KS119",
  "KS120",
  "KS124",
  "KS184",
]);

/** `evaluate plugin(…, name = value)`: the plugin judges its own arguments. */
function isPluginArgument(path: readonly Syntax[]): boolean {
  const at = path.findIndex((node) => node.kind === "EvaluateOperator");
  const call = at < 0 ? undefined : path[at + 1];
  return call?.kind === "FunctionCallExpression" && pluginNamed(nameOf(child(call, "Name"))) !== undefined;
}

/** The nodes from the root down to the one that the diagnostic is about. */
function pathTo(root: Syntax, { span }: Diagnostic): readonly Syntax[] {
  const path: Syntax[] = [root];
  for (let at: Syntax | undefined = root; at !== undefined; ) {
    const parts: readonly Syntax[] = [...Object.values(at.fields), ...at.items];
    at = parts.find((part) => part.span.start <= span.start && part.span.end >= span.end);
    if (at !== undefined) path.push(at);
  }
  return path;
}

/** `search … not("term")`: a text is a term there too. */
function isTerm(path: readonly Syntax[]): boolean {
  const searches = path.some((node) => node.kind === "SearchOperator" || node.kind === "FindOperator");
  return searches && path.some((node) => node.kind.endsWith("StringLiteralExpression"));
}

/** `count(column)` counts rows. */
function isCounted(path: readonly Syntax[]): boolean {
  const call = path.findLast(
    (node) => node.kind === "FunctionCallExpression" && nameOf(child(node, "Name")) === "count",
  );
  return call !== undefined;
}

/** `union isfuzzy=true Missing*`. */
function isFuzzyPattern(path: readonly Syntax[]): boolean {
  const name = path.find((node) => node.kind === "NameReference");
  return path.some((node) => node.kind === "UnionOperator") && name !== undefined && nameOf(name).includes("*");
}
