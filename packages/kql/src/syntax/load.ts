import { createRequire } from "node:module";
import type { OfficialLanguage } from "./official.ts";

let loaded: OfficialLanguage | undefined;

/**
 * Microsoft's parser, loaded once. It is a script that expects its runtime to stand in a global, so the two files
 * must be required in this order; it adds the globals Bridge, System and Kusto.
 */
export function official(): OfficialLanguage {
  if (loaded === undefined) {
    const require = createRequire(import.meta.url);
    require("@kusto/language-service-next/bridge.min.js");
    require("@kusto/language-service-next/Kusto.Language.Bridge.min.js");
    loaded = (globalThis as unknown as { Kusto: { Language: OfficialLanguage } }).Kusto.Language;
  }
  return loaded;
}
