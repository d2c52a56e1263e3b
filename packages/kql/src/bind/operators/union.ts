import { refuse } from "../../diagnostics/diagnostic.ts";
import { union as unionRel } from "../../ir/build.ts";
import type { Column } from "../../ir/column.ts";
import type { Item, Rel } from "../../ir/rel.ts";
import { literal } from "../../ir/scalar.ts";
import { list, type Syntax } from "../../syntax/tree.ts";
import type { BindContext } from "../context.ts";
import { type TabularOperator, tabularOperator } from "../operator.ts";
import { withOfficialNames } from "../outputNames.ts";
import { namedParameter } from "../parameters.ts";
import { type TabularSource, tabularSource } from "../source.ts";
import { hasClash, itemFrom, outputColumn, unionColumns } from "../unionColumns.ts";
import { pipedSource, type Source, sourcesFrom } from "../unionSources.ts";

export const unionSource: TabularSource = tabularSource({
  keyword: "union",
  kinds: ["UnionOperator"],
  bind: (node, env, context) =>
    bindUnion(node, sourcesFrom(list(node, "Expressions"), optionsOf(node), env, context), context),
});

export const union: TabularOperator = tabularOperator({
  keyword: "union",
  kinds: ["UnionOperator"],
  bind: (node, input, env, context) => {
    const rest = sourcesFrom(list(node, "Expressions"), optionsOf(node), env, context);
    return bindUnion(node, [pipedSource(input, env), ...rest], context);
  },
});

const optionsOf = (node: Syntax): { readonly fuzzy: boolean } => ({
  fuzzy: namedParameter(node, "isfuzzy")?.toLowerCase() === "true",
});

function bindUnion(node: Syntax, sources: readonly Source[], context: BindContext): Rel {
  if (sources.length === 0)
    return refuse("unsupported-syntax", node.span, { construct: "This union", reason: "none of its tables is known" });
  const kind = namedParameter(node, "kind")?.toLowerCase() === "inner" ? "inner" : "outer";
  return unionOf(
    sources,
    { kind, sourceColumn: namedParameter(node, "withsource"), prefix: "union_arg" },
    node,
    context,
  );
}

interface UnionOptions {
  readonly kind: "inner" | "outer";
  /** The column that tells where a row came from. */
  readonly sourceColumn: string | undefined;
  /** What precedes the number of a source without a name. */
  readonly prefix: string;
}

/** All rows of all sources. */
export function unionOf(sources: readonly Source[], options: UnionOptions, node: Syntax, context: BindContext): Rel {
  const { sourceColumn } = options;
  const wanted = unionColumns(
    sources.map((source) => source.rel.columns),
    options.kind,
  ).filter((column) => column.shown !== sourceColumn);
  const columns = wanted.map((column) => outputColumn(column, context));
  const origin: readonly Column[] =
    sourceColumn === undefined ? [] : [context.newColumn(sourceColumn, "string", false)];
  const named = [...origin, ...columns];
  const shown = hasClash(wanted) ? named : withOfficialNames(node, named);
  const items = sources.map((source, at): readonly Item[] => {
    const name = literal("string", source.name ?? `${options.prefix}${at}`);
    return [
      ...origin.map((column) => ({ column, value: name })),
      ...wanted.flatMap((column, index) => {
        const output = columns[index];
        return output === undefined ? [] : [itemFrom(source.rel, column, output)];
      }),
    ];
  });
  const renamed = items.map((row) => row.map((item, at) => ({ ...item, column: shown[at] ?? item.column })));
  return unionRel(
    sources.map((source) => source.rel),
    shown,
    renamed,
    node.span,
  );
}
