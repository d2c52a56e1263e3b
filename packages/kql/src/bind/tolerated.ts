import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { child, nameOf, type Syntax } from "../syntax/tree.ts";
import { isDeclaredHere } from "./outside/declarations.ts";
import { pluginNamed } from "./plugins/index.ts";

/** An error of the official binder about something that Kusto itself runs, so that binding judges it again. */
interface Tolerated {
  readonly codes: readonly string[];
  /** `path`: the nodes from the root down to the one that the error is about. */
  readonly when: (path: readonly Syntax[]) => boolean;
  readonly why: string;
}

const tolerated: readonly Tolerated[] = [
  {
    codes: ["KS107", "KS108", "KS117", "KS118", "KS119", "KS120", "KS124", "KS184"],
    when: isPluginArgument,
    why: "a plugin judges its own arguments: the official parser knows older lists of them",
  },
  {
    codes: ["KS119", "KS120", "KS142", "KS193", "KS195", "KS196"],
    when: isOutsideArgument,
    why: "functions that only we declare judge their own arguments: FileProfile takes a column, parsers take filters",
  },
  { codes: ["KS107"], when: isTerm, why: "in a search a text is a term, inside not() too" },
  { codes: ["KS107"], when: isCounted, why: "count(column) counts rows" },
  { codes: ["KS134"], when: () => true, why: "make_timespan takes seconds with a fraction" },
  { codes: ["KS234"], when: () => true, why: "array_length and its like give null for what is no array" },
  {
    codes: ["KS142"],
    when: isOnPath,
    why: "the official binder does not know the one column of nodes that only edges name",
  },
  { codes: ["KS142"], when: isFuzzyPattern, why: "a union by pattern may find no table" },
];

const byCode = new Map<string, Tolerated[]>();
for (const row of tolerated) for (const code of row.codes) byCode.set(code, [...(byCode.get(code) ?? []), row]);

/** Whether an error of the official binder is about something that Kusto itself runs. */
export function isTolerated(found: Diagnostic, root: Syntax): boolean {
  const rows = byCode.get(found.code);
  if (rows === undefined) return false;
  const path = pathTo(root, found);
  return rows.some((row) => row.when(path));
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

/** `evaluate plugin(…, name = value)` */
function isPluginArgument(path: readonly Syntax[]): boolean {
  const at = path.findIndex((node) => node.kind === "EvaluateOperator");
  const call = at < 0 ? undefined : path[at + 1];
  return call?.kind === "FunctionCallExpression" && pluginNamed(nameOf(child(call, "Name"))) !== undefined;
}

/** `invoke FileProfile(SHA1)`, `_Im_Dns(starttime=…)` */
function isOutsideArgument(path: readonly Syntax[]): boolean {
  const call = path.findLast((node) => node.kind === "FunctionCallExpression");
  return call !== undefined && isDeclaredHere(nameOf(child(call, "Name")));
}

/** `search … not("term")` */
function isTerm(path: readonly Syntax[]): boolean {
  const searches = path.some((node) => node.kind === "SearchOperator" || node.kind === "FindOperator");
  return searches && path.some((node) => node.kind.endsWith("StringLiteralExpression"));
}

function isCounted(path: readonly Syntax[]): boolean {
  const call = path.findLast(
    (node) => node.kind === "FunctionCallExpression" && nameOf(child(node, "Name")) === "count",
  );
  return call !== undefined;
}

/** `union isfuzzy=true Missing*` */
function isFuzzyPattern(path: readonly Syntax[]): boolean {
  const name = path.find((node) => node.kind === "NameReference");
  return path.some((node) => node.kind === "UnionOperator") && name !== undefined && nameOf(name).includes("*");
}

/** `map(inner_nodes(path), property)` of a graph operator */
function isOnPath(path: readonly Syntax[]): boolean {
  if (!path.some((node) => node.kind.startsWith("Graph"))) return false;
  return path.some(
    (node) => node.kind === "FunctionCallExpression" && ["all", "any", "map"].includes(nameOf(child(node, "Name"))),
  );
}
