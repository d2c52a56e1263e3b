import { createRequire } from "node:module";
import type { OfficialGlobals, OfficialLanguage } from "./official.ts";
import { quicken, type Runtime, type RuntimeArrays } from "./quicken.ts";

/** What the two scripts add to the global scope. */
interface Globals {
  readonly Bridge: Runtime;
  readonly System: { readonly Array: RuntimeArrays };
  readonly Kusto: { readonly Language: OfficialLanguage };
}

let loaded: OfficialLanguage | undefined;

/**
 * Microsoft's parser, loaded once. It is a script that expects its runtime to stand in a global, so the two files
 * must be required in this order; it adds the globals Bridge, System and Kusto.
 */
export function official(): OfficialLanguage {
  if (loaded === undefined) {
    const require = createRequire(import.meta.url);
    require("@kusto/language-service-next/bridge.min.js");
    const globals = globalThis as unknown as Globals;
    quicken(globals.Bridge, globals.System.Array);
    require("@kusto/language-service-next/Kusto.Language.Bridge.min.js");
    loaded = globals.Kusto.Language;
  }
  return loaded;
}

let prepared: OfficialGlobals | undefined;

/**
 * The parser's own functions and operators, which all that is made from it shares: it looks them up by maps that are
 * made at the first look, and handed on only to what is made afterwards.
 */
export function officialGlobals(): OfficialGlobals {
  if (prepared === undefined) {
    const { Default } = official().GlobalState;
    prepared = Default.WithParseOptions(Default.ParseOptions.WithAlwaysProduceEndTokens(true));
    prepared.GetFunction("");
    prepared.GetAggregate("");
    prepared.GetPlugIn("");
    prepared.GetOperator(0);
  }
  return prepared;
}
