import { fieldsOf, textField } from "../read/fields.ts";

export type RuleFormat =
  | "kql-file"
  | "markdown-block"
  | "sentinel-hunting-yaml"
  | "sentinel-analytic-yaml"
  | "sentinel-parser-yaml";

/** What the file says about the query; which fields are there depends on its format. */
export interface RuleMeta {
  readonly tactics?: readonly string[];
  readonly techniques?: readonly string[];
  readonly connectors?: readonly unknown[];
  readonly dataTypes?: readonly unknown[];
  readonly severity?: string;
  readonly kind?: string;
  readonly queryFrequency?: string;
  readonly queryPeriod?: string;
  readonly triggerOperator?: string;
  readonly triggerThreshold?: number;
  readonly entityMappings?: readonly unknown[];
  readonly customDetails?: unknown;
  readonly alertDetailsOverride?: unknown;
  readonly eventGroupingSettings?: unknown;
  readonly ruleId?: string;
  readonly version?: string;
  readonly functionName?: string;
  readonly parserParams?: readonly unknown[];
  readonly yamlStrict?: boolean;
  readonly yamlProblems?: readonly unknown[];
  readonly shape?: readonly string[];
  readonly heading?: string;
  readonly fence?: string;
  readonly part?: number;
  readonly parts?: number;
  readonly encoding?: string;
  readonly role?: "function";
}

/** A public hunting or detection query as it was published. */
export interface RuleRecord {
  readonly id: string;
  /** Of the query with every run of white space made one space. */
  readonly sha256: string;
  readonly repo: string;
  readonly via?: string;
  readonly commit: string;
  readonly path: string;
  readonly licence: string;
  readonly format: RuleFormat;
  readonly name: string;
  readonly query: string;
  readonly meta: RuleMeta;
  /** The whole file that held the query, valid YAML or not. */
  readonly yaml?: string;
  readonly alsoIn?: readonly string[];
}

/** Checks the fields that every record has; throws with `place` and field where one is missing. */
export function ruleRecordOf(value: unknown, place: string): RuleRecord {
  const fields = fieldsOf(value, place);
  for (const name of ["id", "sha256", "repo", "commit", "path", "licence", "format", "name", "query"]) {
    textField(fields, name, place);
  }
  fieldsOf(fields.meta, `${place}: meta`);
  return value as RuleRecord;
}
