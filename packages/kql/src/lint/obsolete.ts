import { official } from "../syntax/load.ts";
import type { OfficialFunction } from "../syntax/official.ts";
import { child, list, nameOf, type Syntax } from "../syntax/tree.ts";
import type { QueryLint } from "./context.ts";
import { type QueryEdit, queryNote } from "./note.ts";

interface Aged extends OfficialFunction {
  readonly Alternative?: string | null;
}

let alternatives: ReadonlyMap<string, string> | undefined;

/** What Microsoft's parser offers in the place of names that it calls obsolete. */
function alternativesByName(): ReadonlyMap<string, string> {
  const { Functions, Aggregates, PlugIns } = official();
  const all: readonly Aged[] = [...Functions.All, ...Aggregates.All, ...PlugIns.All];
  alternatives ??= new Map(all.flatMap(({ Name, Alternative }) => (Alternative ? [[Name, Alternative]] : [])));
  return alternatives;
}

/** Old names whose new ones take the same arguments and give the same; the others are for a person to change. */
const sameMeaning = new Set([
  "parsejson",
  "parseurl",
  "parseurlquery",
  "notnull",
  "notempty",
  "columnifexists",
  "arraylength",
  "base64_encodestring",
  "base64_decodestring",
  "pack",
  "pack_dictionary",
  "makelist",
  "makeset",
]);
/** By their documentation the old ones stop at so many values, where the new ones go on. */
const OLD_SIZE = "128";

/** Functions under obsolete names. */
export const obsoleteFunctions: QueryLint = ({ nodes }) =>
  nodes.flatMap(({ node }) => {
    if (node.kind !== "FunctionCallExpression") return [];
    const reference = child(node, "Name");
    const name = nameOf(reference);
    const now = alternativesByName().get(name);
    if (now === undefined || node.symbol?.sort === "VariableSymbol") return [];
    const fix = sameMeaning.has(name) ? renaming(node, reference, now) : undefined;
    return [queryNote("obsolete-function", reference.span, { name, now }, fix === undefined ? {} : { fix })];
  });

function renaming(call: Syntax, reference: Syntax, now: string): readonly QueryEdit[] {
  const rename = { span: reference.span, text: now };
  const given = list(child(call, "ArgumentList"), "Expressions");
  const [only] = given;
  if (!/^make_/.test(now) || given.length !== 1 || only === undefined) return [rename];
  return [rename, { span: { start: only.span.end, end: only.span.end }, text: `, ${OLD_SIZE}` }];
}

/** Tables under the names that they had before 2020. */
export const renamedTables: QueryLint = ({ nodes, renamed }) =>
  nodes.flatMap(({ node }) => {
    const name = node.kind === "NameReference" && node.symbol?.sort === "TableSymbol" ? nameOf(node) : "";
    const now = renamed.get(name);
    if (now === undefined) return [];
    return [queryNote("renamed-table", node.span, { name, now }, { fix: [{ span: node.span, text: now }] })];
  });
