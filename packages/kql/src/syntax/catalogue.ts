import { official } from "./load.ts";
import type { OfficialFunction } from "./official.ts";

/** What Microsoft's parser knows of the language. */
export interface Catalogue {
  /** The kinds of its nodes for tabular operators. */
  readonly operators: readonly string[];
  readonly scalars: readonly CatalogueFunction[];
  readonly aggregates: readonly CatalogueFunction[];
  readonly plugins: readonly CatalogueFunction[];
}

export interface CatalogueFunction {
  readonly name: string;
  /** Microsoft's editors don't offer it. */
  readonly hidden: boolean;
}

export function officialCatalogue(): Catalogue {
  const { Functions, Aggregates, PlugIns, Syntax } = official();
  const kinds = Object.keys(Syntax.SyntaxKind);
  return {
    operators: kinds.filter((kind) => kind.endsWith("Operator") && !kind.startsWith("Bad")).sort(),
    scalars: Functions.All.map(entry).sort(byName),
    aggregates: Aggregates.All.map(entry).sort(byName),
    plugins: PlugIns.All.map(entry).sort(byName),
  };
}

const entry = ({ Name, IsHidden }: OfficialFunction): CatalogueFunction => ({ name: Name, hidden: IsHidden === true });
const byName = (a: CatalogueFunction, b: CatalogueFunction): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
