import { activeUsersCount, activityCountsMetrics, sessionCount, slidingWindowCounts } from "./activity.ts";
import { activityEngagement, activityMetrics, newActivityMetrics } from "./activityRates.ts";
import { bagUnpack } from "./bagUnpack.ts";
import type { Plugin, RefusedPlugin } from "./define.ts";
import { geoLineLookup, geoPolygonLookup } from "./geoLookup.ts";
import { ipv4Lookup, ipv6Lookup } from "./ipLookup.ts";
import { narrow } from "./narrow.ts";
import { autocluster, basket, diffpatterns } from "./patterns.ts";
import { pivot } from "./pivot.ts";
import { preview } from "./preview.ts";
import { refusedPlugins } from "./refused.ts";
import { sequenceDetect } from "./sequences.ts";
import { dcountIntersect, rollingPercentile, rowsNear, schemaMerge } from "./windows.ts";

/** All plugins; the support matrix comes from this list. A later row comes before an earlier one. */
export const plugins: readonly (Plugin | RefusedPlugin)[] = [
  ...refusedPlugins,
  activeUsersCount,
  activityCountsMetrics,
  activityEngagement,
  activityMetrics,
  autocluster,
  bagUnpack,
  basket,
  dcountIntersect,
  diffpatterns,
  geoLineLookup,
  geoPolygonLookup,
  ipv4Lookup,
  ipv6Lookup,
  narrow,
  newActivityMetrics,
  pivot,
  preview,
  rollingPercentile,
  rowsNear,
  schemaMerge,
  sequenceDetect,
  sessionCount,
  slidingWindowCounts,
];

const byName = new Map(plugins.map((row) => [row.name, row]));

export function pluginNamed(name: string): Plugin | RefusedPlugin | undefined {
  return byName.get(name);
}
