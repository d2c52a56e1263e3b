import { type Notes, type Reading, sayProblem } from "../notes.ts";
import type { Rule } from "../rule.ts";
import { unchanged } from "../text/edits.ts";
import type { YamlMap, YamlNode } from "../yaml/node.ts";
import { ruleOf } from "../yaml/rule.ts";
import { entryOf, scalarAt } from "./access.ts";
import { alertRuleFields, isAlertRule, queryless } from "./alertRule.ts";
import { customDetectionFields, isCustomDetection } from "./customDetection.ts";
import { parseJson } from "./parse.ts";
import { isSavedSearch, savedFunction, savedSearchFields } from "./savedSearch.ts";
import { isExpression, type Template, templateOf, unescaped } from "./template.ts";

const expected = "an analytics rule, a saved search or a custom detection";

/** The rules of a JSON text: templates and API answers of Sentinel, custom detections of Defender, or plain ones. */
export function loadJson(text: string, identity: string, notes: Notes): readonly Rule[] {
  const reading: Reading = { notes, source: unchanged(text), edits: [] };
  const root = parseJson(reading);
  if (root === undefined) return [];
  const template = templateOf(root);
  const found = [...ruleMaps(root)];
  if (found.length === 0) sayProblem(reading, "no-rule", 0, { expected });
  return found.flatMap((map, index) => {
    const fields = fieldsOf(map, template, reading);
    if (fields === undefined || leftToDeployment(fields, template, reading)) return [];
    return ruleOf(withQuery(fields, template), { path: identity, part: index + 1 }, notes.path, reading) ?? [];
  });
}

/** In the order of the text; what stands inside a rule is the rule's own. */
function* ruleMaps(root: YamlNode): Generator<YamlMap> {
  const stack: YamlNode[] = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.kind === "map" && isRule(node)) yield node;
    else if (node.kind === "map") stack.push(...node.entries.map(({ value }) => value).reverse());
    else if (node.kind === "list") stack.push(...node.items.toReversed());
  }
}

function isRule(map: YamlMap): boolean {
  return isAlertRule(map) || isSavedSearch(map) || isCustomDetection(map) || isPlain(map);
}

/** A rule's YAML written as JSON. */
function isPlain(map: YamlMap): boolean {
  const named = scalarAt(map, "name") ?? scalarAt(map, "displayName");
  return named !== undefined && entryOf(map, "query")?.value.kind === "scalar" && entryOf(map, "type") === undefined;
}

function fieldsOf(map: YamlMap, template: Template, reading: Reading): YamlMap | undefined {
  if (isAlertRule(map)) {
    const kind = queryless(map);
    if (kind === undefined) return alertRuleFields(map, template);
    sayProblem(reading, "rule-without-query", map.start, { kind });
    return undefined;
  }
  if (isSavedSearch(map)) {
    const name = savedFunction(map);
    if (name === undefined) return savedSearchFields(map, template);
    sayProblem(reading, "function-not-rule", map.start, { name });
    return undefined;
  }
  return isCustomDetection(map) ? customDetectionFields(map) : map;
}

function withQuery(fields: YamlMap, template: Template): YamlMap {
  const entries = fields.entries.map((entry) =>
    entry.key === "query" && entry.value.kind === "scalar"
      ? { ...entry, value: unescaped(entry.value, template) }
      : entry,
  );
  return { ...fields, entries };
}

function leftToDeployment(fields: YamlMap, template: Template, reading: Reading): boolean {
  const query = scalarAt(fields, "query");
  if (!template.evaluates || query === undefined || !isExpression(query.text)) return false;
  sayProblem(reading, "template-expression", query.start, { text: query.text });
  return true;
}
