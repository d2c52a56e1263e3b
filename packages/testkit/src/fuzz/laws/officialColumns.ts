import { officialSchema } from "@goshawk/kql";
import type { Law } from "./law.ts";

/** Columns have the names and types that Microsoft's binder gives them. */
export const officialColumns: Law = {
  name: "columns and types are Microsoft's",
  exact: false,
  check: async ({ lets, text, table, world }) => {
    const official = officialSchema(lets + text, world.session.compileOptions(0n));
    // The recorded ordinals of getschema are ints, whatever the binder says.
    if (official.columns === undefined || official.open || text.includes("getschema")) return undefined;
    const known = official.columns;
    // Of a name that two legs of a union give one type and a third another, the binder keeps one column only.
    if (known.length < table.columns.length && /\bunion\b[^|]*,/.test(lets + text)) return undefined;
    if (known.length !== table.columns.length) return `${table.columns.length} columns instead of ${known.length}`;
    const wrong = known.findIndex(({ name, type }, at) => {
      const ours = table.columns[at];
      return name !== ours?.name || (type !== "unknown" && type !== ours.type);
    });
    if (wrong < 0) return undefined;
    const [ours, theirs] = [table.columns[wrong], known[wrong]];
    return `${ours?.name}: ${ours?.type} instead of ${theirs?.name}: ${theirs?.type}`;
  },
};
