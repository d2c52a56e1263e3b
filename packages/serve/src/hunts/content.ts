import { basename, relative } from "node:path";
import {
  type Exclusion,
  type LoadedExclusions,
  loadExclusions,
  loadRulePaths,
  loadRules,
  type Rule,
  type RuleFile,
} from "@goshawk/hunt";

/** Where a server's rules and exclusions are. */
export interface ContentOptions {
  readonly rules: readonly string[];
  readonly exclusions: readonly string[];
}

/** What the files hold at the moment. */
export interface Content {
  /** `onText` hears of each file's text. */
  ruleFiles(onText?: (path: string, text: string) => void): Promise<readonly RuleFile[]>;
  exclusions(): Promise<LoadedExclusions>;
  /** The files and folders that rules are read from. */
  readonly rulePaths: readonly string[];
  /** A path as clients may see it: below the folder that was given, and no further. */
  shown(path: string): string;
}

export function contentOf({ rules, exclusions }: ContentOptions): Content {
  return {
    ruleFiles: (onText) => loadRulePaths(rules, { from: process.cwd(), ...(onText === undefined ? {} : { onText }) }),
    rulePaths: rules,
    exclusions: () => loadExclusions(exclusions),
    shown: (path) => {
      for (const root of [...rules, ...exclusions]) {
        const below = relative(root, path);
        if (below === "") return basename(path);
        if (!below.startsWith("..")) return below;
      }
      return basename(path);
    },
  };
}

/** The rules that a hunt asks for: by their ids, out of a text, or all. */
export async function wantedRules(
  content: Content,
  asked: { readonly rules?: readonly string[]; readonly text?: string },
): Promise<{ readonly rules: readonly Rule[]; readonly unknown: readonly string[] }> {
  if (asked.text !== undefined) return { rules: loadRules(asked.text, "request").rules, unknown: [] };
  const all = (await content.ruleFiles()).flatMap((file) => file.rules);
  if (asked.rules === undefined) return { rules: all, unknown: [] };
  const ids = new Set(asked.rules);
  const known = new Set(all.map((rule) => rule.id));
  return { rules: all.filter((rule) => ids.has(rule.id)), unknown: asked.rules.filter((id) => !known.has(id)) };
}

/** Exclusions as the API tells them. */
export function exclusionJson(exclusion: Exclusion, state: string, shown: (path: string) => string): object {
  const { position: _, samples: __, path, ...told } = exclusion;
  return { ...told, state, file: shown(path) };
}
