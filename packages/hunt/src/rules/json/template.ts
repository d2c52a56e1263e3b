import type { YamlEntry, YamlMap, YamlNode, YamlScalar } from "../yaml/node.ts";
import { entryOf, mapAt } from "./access.ts";

/** What the expressions of an Azure Resource Manager template may name. */
export interface Template {
  readonly variables: YamlMap | undefined;
  readonly parameters: YamlMap | undefined;
  /** Whether texts in brackets are expressions: so in a template, not in what an API answers. */
  readonly evaluates: boolean;
}

/** The template that a JSON text is, or one without names. */
export function templateOf(root: YamlNode): Template {
  if (root.kind !== "map") return { variables: undefined, parameters: undefined, evaluates: false };
  const schema = entryOf(root, "$schema")?.value;
  const stated = schema?.kind === "scalar" && /deploymentTemplate/i.test(schema.text);
  const evaluates =
    stated || (entryOf(root, "resources") !== undefined && entryOf(root, "contentVersion") !== undefined);
  return { variables: mapAt(root, "variables"), parameters: mapAt(root, "parameters"), evaluates };
}

const MOST_STEPS = 8;

/** A text with the names of variables and parameters replaced by their values, as far as the template tells them. */
export function resolved(scalar: YamlScalar, template: Template): YamlScalar {
  let found = scalar;
  for (let step = 0; template.evaluates && step < MOST_STEPS && isExpression(found.text); step++) {
    const next = named(found.text, template);
    if (next === undefined) return found;
    found = next;
  }
  return found;
}

/** In a template `[[` stands for `[` where a text begins so. */
export function unescaped(scalar: YamlScalar, template: Template): YamlScalar {
  if (!template.evaluates || !scalar.text.startsWith("[[")) return scalar;
  const text = scalar.text.slice(1);
  return { ...scalar, text, value: text, start: scalar.start + 1 };
}

/** Whether a text of a template is an expression that only a deployment can evaluate. */
export function isExpression(text: string): boolean {
  return text.startsWith("[") && !text.startsWith("[[") && text.endsWith("]");
}

const reference = /^\[\s*(variables|parameters)\('([^']+)'\)((?:\.[\w-]+)*)\s*\]$/i;

function named(text: string, template: Template): YamlScalar | undefined {
  const [, kind = "", name = "", path = ""] = reference.exec(text) ?? [];
  const scope = kind.toLowerCase() === "variables" ? template.variables : template.parameters;
  let node = entryOf(scope, name)?.value;
  if (scope === template.parameters && node?.kind === "map") node = entryOf(node, "defaultValue")?.value;
  for (const step of path.split(".").slice(1)) node = node?.kind === "map" ? entryOf(node, step)?.value : undefined;
  return node?.kind === "scalar" && typeof node.value === "string" ? node : undefined;
}

/** The query among the properties of a rule, resolved, but still with its doubled bracket. */
export function queryEntry(properties: YamlMap | undefined, template: Template): readonly YamlEntry[] {
  const entry = entryOf(properties, "query");
  if (entry === undefined) return [];
  const { value } = entry;
  return [{ ...entry, key: "query", value: value.kind === "scalar" ? resolved(value, template) : value }];
}

/** A mapping with all texts in it resolved. */
export function resolvedMap(map: YamlMap, template: Template): YamlMap {
  const entries = map.entries.map((entry): YamlEntry => ({ ...entry, value: resolvedNode(entry.value, template) }));
  return { ...map, entries };
}

function resolvedNode(node: YamlNode, template: Template): YamlNode {
  switch (node.kind) {
    case "scalar":
      return typeof node.value === "string" ? unescaped(resolved(node, template), template) : node;
    case "list":
      return { ...node, items: node.items.map((item) => resolvedNode(item, template)) };
    case "map":
      return resolvedMap(node, template);
  }
}
