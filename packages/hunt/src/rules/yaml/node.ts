import type { RuleValue } from "../rule.ts";

/** YAML as plain data: aliases expanded, keys as text, every node with its place in the text that was read. */
export type YamlNode = YamlScalar | YamlList | YamlMap;

export interface YamlScalar {
  readonly kind: "scalar";
  readonly value: null | boolean | number | string;
  /** As written, without quotes: "1.0" where `value` is 1. */
  readonly text: string;
  readonly style: "literal" | "folded" | "plain" | "single" | "double";
  readonly start: number;
  readonly end: number;
}

export interface YamlList {
  readonly kind: "list";
  readonly items: readonly YamlNode[];
  readonly start: number;
  readonly end: number;
}

export interface YamlMap {
  readonly kind: "map";
  readonly entries: readonly YamlEntry[];
  /** Whether it is written in braces. */
  readonly flow: boolean;
  readonly start: number;
  readonly end: number;
}

export interface YamlEntry {
  readonly key: string;
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly value: YamlNode;
}

export function ruleValueOf(node: YamlNode): RuleValue {
  switch (node.kind) {
    case "scalar":
      return node.value;
    case "list":
      return node.items.map(ruleValueOf);
    case "map":
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, ruleValueOf(value)]));
  }
}

export function isNull(node: YamlNode): boolean {
  return node.kind === "scalar" && node.value === null;
}

/** How a node reads in a sentence. */
export function described(node: YamlNode): string {
  if (node.kind === "list") return "a list";
  if (node.kind === "map") return "a mapping";
  if (node.value === null) return "empty";
  return `'${node.text.slice(0, 60)}'`;
}
