import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

const folder = process.env.GOSHAWK_SHARED ?? fileURLToPath(new URL("../../../../../../shared/", import.meta.url));

export const hasShared: boolean = existsSync(join(folder, "rules"));
if (!hasShared) console.log("hunt: no ../shared beside the repository, tests of real rules are skipped");

/** A rule as the collection records it; `yaml` is the whole original file. */
export interface RuleRecord {
  readonly repo: string;
  readonly path: string;
  readonly format: string;
  readonly name: string;
  readonly query: string;
  readonly meta: {
    readonly ruleId?: string;
    readonly tactics?: readonly string[];
    readonly techniques?: readonly string[];
    readonly connectors: readonly string[];
    readonly dataTypes: readonly string[];
    readonly queryFrequency?: string;
    readonly queryPeriod?: string;
    readonly triggerThreshold?: number;
    readonly version?: string;
    readonly encoding?: string;
    readonly part?: number;
  };
  readonly yaml?: string;
}

export function readShared(name: string): string {
  return readFileSync(join(folder, name), "utf8");
}

export function readRecords(): readonly RuleRecord[] {
  if (!hasShared) return [];
  const files = readdirSync(join(folder, "rules")).filter((name) => name.endsWith(".jsonl.gz"));
  return files.toSorted().flatMap((name) => {
    const lines = gunzipSync(readFileSync(join(folder, "rules", name)))
      .toString("utf8")
      .split("\n");
    return lines.filter((line) => line !== "").map((line): RuleRecord => JSON.parse(line));
  });
}

/** A text with every run of white space as one space, as the collection compares queries. */
export function folded(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}
