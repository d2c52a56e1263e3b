import { bagUnpack } from "./bagUnpack.ts";
import type { Plugin, RefusedPlugin } from "./define.ts";
import { narrow } from "./narrow.ts";
import { pivot } from "./pivot.ts";
import { refusedPlugins } from "./refused.ts";

/** All plugins, one row each; the support matrix comes from this list. */
export const plugins: readonly (Plugin | RefusedPlugin)[] = [bagUnpack, narrow, pivot, ...refusedPlugins];

const byName = new Map(plugins.map((row) => [row.name, row]));

export function pluginNamed(name: string): Plugin | RefusedPlugin | undefined {
  return byName.get(name);
}
