import type { Law } from "./law.ts";
import { officialColumns } from "./officialColumns.ts";
import { partLaws } from "./parts.ts";
import { sameRowsLaws } from "./sameRows.ts";

/** Every law that a query is held to. */
export const laws: readonly Law[] = [officialColumns, ...sameRowsLaws, ...partLaws];
