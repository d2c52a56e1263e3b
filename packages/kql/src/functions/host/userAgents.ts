import { type HostFunction, hostFunction } from "./define.ts";
import { browsers, devices, systems, type UserAgentRow } from "./userAgentPatterns.generated.ts";

/** Of a longer text the rest is not looked at: hundreds of patterns look at each. */
const LOOKED_AT = 1024;

/** What a user agent tells of one thing: the first pattern that matches says it. */
export const userAgentFunctions: readonly HostFunction[] = [
  reader("browser", browsers, ["$1", "$2", "$3", "$4"], ["Family", "MajorVersion", "MinorVersion", "Patch"]),
  reader(
    "os",
    systems,
    ["$1", "$2", "$3", "$4", "$5"],
    ["Family", "MajorVersion", "MinorVersion", "Patch", "PatchMinor"],
  ),
  reader("device", devices, ["$1", "", "$1"], ["Family", "Brand", "Model"]),
];

/** `defaults` are the replacements that a row leaves out. */
function reader(
  what: string,
  rows: readonly UserAgentRow[],
  defaults: readonly string[],
  names: readonly string[],
): HostFunction {
  let patterns: readonly Pattern[] | undefined;
  return hostFunction(`goshawk_user_agent_${what}`, ["VARCHAR"], "VARCHAR", (text) => {
    patterns ??= rows.map((row) => compiled(row, defaults));
    const agent = String(text).slice(0, LOOKED_AT);
    const found = firstMatch(patterns, agent) ?? ["Other"];
    return JSON.stringify(Object.fromEntries(names.map((name, index) => [name, found[index] ?? ""])));
  });
}

interface Pattern {
  readonly regex: RegExp;
  readonly replacements: readonly string[];
}

function compiled([pattern, flags = "", ...given]: UserAgentRow, defaults: readonly string[]): Pattern {
  return {
    regex: new RegExp(pattern, flags),
    replacements: defaults.map((otherwise, index) => given[index] || otherwise),
  };
}

function firstMatch(patterns: readonly Pattern[], agent: string): readonly string[] | undefined {
  for (const { regex, replacements } of patterns) {
    const match = regex.exec(agent);
    if (match !== null)
      return replacements.map((text) => text.replace(/\$(\d)/g, (_, group) => match[Number(group)] ?? "").trim());
  }
  return undefined;
}
