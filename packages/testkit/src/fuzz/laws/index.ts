import type { Law } from "./law.ts";
import { officialColumns } from "./officialColumns.ts";
import { partLaws } from "./parts.ts";
import { planLaw, sameRowsLaws } from "./sameRows.ts";

/** Every law that a query is held to. */
export const laws: readonly Law[] = [planLaw, officialColumns, ...sameRowsLaws, ...partLaws];
