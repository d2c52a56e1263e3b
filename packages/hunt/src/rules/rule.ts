import type { Position } from "@goshawk/kql";
import type { RuleProblem } from "./problem.ts";
import type { Repair } from "./repair.ts";
import type { TextOrigin } from "./text/origin.ts";

export type RuleKind = "hunting-query" | "scheduled" | "nrt" | "custom-detection" | "query";
export type RuleSeverity = "High" | "Medium" | "Low" | "Informational";
export type TriggerOperator = "GreaterThan" | "LessThan" | "Equal" | "NotEqual";
export type RuleFormat = "yaml" | "json" | "kql" | "markdown" | "page";

/** A value of a rule file that the loader keeps without giving it a meaning. */
export type RuleValue = null | boolean | number | string | readonly RuleValue[] | { readonly [key: string]: RuleValue };

/** A data connector that the rule's author expects, and the tables it fills. */
export interface Connector {
  readonly connectorId: string;
  readonly dataTypes: readonly string[];
}

/** An entity that each result row names, and the columns that name it. */
export interface EntityMapping {
  readonly entityType: string;
  readonly fieldMappings: readonly FieldMapping[];
}

export interface FieldMapping {
  readonly identifier: string;
  readonly columnName: string;
  readonly position: Position;
}

/** One query to hunt or alert with, and what its author said of it. */
export interface Rule {
  readonly id: string;
  /** "derived" when the file gave none: then a UUID made from path and name. */
  readonly idOrigin: "file" | "derived";
  readonly name: string;
  readonly description: string;
  readonly kind: RuleKind;
  readonly severity?: RuleSeverity;
  readonly tactics: readonly string[];
  readonly techniques: readonly string[];
  readonly connectors: readonly Connector[];
  /** The KQL, character by character as the author wrote it. */
  readonly query: string;
  /** Leads from an offset in `query` to line and column of the file; see `positionIn`. */
  readonly queryOrigin: TextOrigin;
  readonly entityMappings: readonly EntityMapping[];
  readonly customDetails: Readonly<Record<string, string>>;
  readonly alertDetailsOverride?: RuleValue;
  readonly eventGroupingSettings?: RuleValue;
  readonly suppressionEnabled?: boolean;
  readonly suppressionDuration?: string;
  /** ISO 8601 ("PT5M") or Sentinel's short form ("5m"), as written. */
  readonly queryFrequency?: string;
  readonly queryPeriod?: string;
  readonly triggerOperator?: TriggerOperator;
  readonly triggerThreshold?: number;
  readonly version?: string;
  readonly tags: readonly string[];
  readonly path: string;
  /** One-based place among the rules of its file. */
  readonly part: number;
  /** Where each key of the file stands. */
  readonly keys: Readonly<Record<string, Position>>;
  /** Where the file writes each of `tactics` and `techniques`; undefined for one that it takes from elsewhere. */
  readonly attackPlaces: {
    readonly tactics: readonly (Place | undefined)[];
    readonly techniques: readonly (Place | undefined)[];
  };
  readonly extra: Readonly<Record<string, RuleValue>>;
}

/** A stretch of a rule file; `end` is after its last character. */
export interface Place {
  readonly start: Position;
  readonly end: Position;
}

/** A false-positive scenario as a page words it, before anybody decided what it means. */
export interface ScenarioDraft {
  readonly scenario: string;
  readonly expression: string;
  /** The line of the expression, and the column where it begins. */
  readonly line: number;
  readonly column: number;
}

/** What a page says around its rule. */
export interface Page {
  readonly hypothesis: string;
  /** Where the page shows the rule's query once more, outside of its YAML. */
  readonly repeatedAt?: Position;
}

/** All that came of reading one rule file. */
export interface RuleFile {
  readonly path: string;
  readonly format: RuleFormat;
  readonly rules: readonly Rule[];
  readonly repairs: readonly Repair[];
  readonly problems: readonly RuleProblem[];
  readonly drafts: readonly ScenarioDraft[];
  readonly page?: Page;
  /** The whole file as valid YAML with every repair applied; absent when nothing was repaired. */
  readonly mended?: string;
}
