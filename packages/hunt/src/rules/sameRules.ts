import { isDeepStrictEqual } from "node:util";
import type { Rule } from "./rule.ts";

/** Whether two readings give the same rules, wherever each part of them stands. */
export function sameRules(left: readonly Rule[], right: readonly Rule[]): boolean {
  return isDeepStrictEqual(left.map(withoutPlaces), right.map(withoutPlaces));
}

function withoutPlaces({
  queryOrigin: _,
  keys: __,
  idOrigin: ___,
  attackPlaces: ____,
  entityMappings,
  ...rule
}: Rule): unknown {
  const entities = entityMappings.map(({ entityType, fieldMappings }) => ({
    entityType,
    fieldMappings: fieldMappings.map(({ identifier, columnName }) => ({ identifier, columnName })),
  }));
  return { ...rule, entities };
}
