import { nearest } from "@goshawk/kql";
import type { EntityMapping, FieldMapping } from "../../rules/rule.ts";
import { shown } from "../../rules/text/shown.ts";
import { keyStretch, problem, type RuleCheck, type RuleContext } from "../context.ts";
import { type Stretch, wordAfter } from "../places.ts";
import type { CheckProblem } from "../problem.ts";
import { entityTypes } from "./entityTypes.ts";

const MOST_MAPPINGS = 10;
const MOST_IDENTIFIERS = 3;

/** Entity mappings, custom details and alert details that the query or Sentinel can't fill. */
export const entities: RuleCheck = (context) => {
  if (context.rule.kind === "custom-detection") return [];
  return [...mappings(context), ...details(context), ...overrides(context)];
};

function mappings(context: RuleContext): readonly CheckProblem[] {
  const { entityMappings } = context.rule;
  const found = entityMappings.flatMap((mapping) => mappingProblems(context, mapping));
  if (entityMappings.length <= MOST_MAPPINGS) return found;
  const message = `The rule has ${entityMappings.length} entity mappings; Sentinel takes ${MOST_MAPPINGS}.`;
  return [...found, problem(context, "too-many-mappings", keyStretch(context, "entityMappings"), { message })];
}

function mappingProblems(context: RuleContext, { entityType, fieldMappings }: EntityMapping): readonly CheckProblem[] {
  const { rule, file } = context;
  const identifiers = entityTypes.get(entityType);
  if (identifiers === undefined) {
    const word = wordAfter(entityType, rule.keys.entityMappings, file);
    const close = nearest(entityType, entityTypes.keys());
    const next =
      close.length === 0 ? `Name one of ${[...entityTypes.keys()].join(", ")}.` : `Did you mean ${close.join(" or ")}?`;
    const message = `'${shown(entityType)}' is no entity type of Sentinel.`;
    return [problem(context, "unknown-entity-type", word ?? keyStretch(context, "entityMappings"), { message, next })];
  }
  const found = fieldMappings.flatMap((field) => fieldProblems(context, entityType, identifiers, field));
  if (fieldMappings.length <= MOST_IDENTIFIERS) return found;
  const [first] = fieldMappings;
  const message = `The mapping of ${entityType} has ${fieldMappings.length} identifiers; Sentinel takes ${MOST_IDENTIFIERS}.`;
  return [
    ...found,
    problem(context, "too-many-mappings", first === undefined ? keyStretch(context, "entityMappings") : at(first), {
      message,
    }),
  ];
}

function at({ position, columnName }: FieldMapping): Stretch {
  return { start: position, end: { line: position.line, column: position.column + Math.max(1, columnName.length) } };
}

function fieldProblems(
  context: RuleContext,
  type: string,
  identifiers: readonly string[],
  field: FieldMapping,
): readonly CheckProblem[] {
  const found: CheckProblem[] = [];
  const folded = identifiers.map((item) => item.toLowerCase());
  if (!folded.includes(field.identifier.toLowerCase())) {
    const message = `${type} has no identifier '${shown(field.identifier)}'.`;
    found.push(
      problem(context, "unknown-identifier", at(field), { message, next: `Name one of ${identifiers.join(", ")}.` }),
    );
  }
  const missing = missingColumn(context, field.columnName);
  if (missing !== undefined) {
    const message = `The query returns no column '${shown(field.columnName)}' to fill ${type}.${field.identifier} from.`;
    found.push(problem(context, "unmapped-column", at(field), { message, next: missing }));
  }
  return found;
}

/** What to do about a column that the query doesn't return; undefined where it does, or may. */
export function missingColumn({ query }: RuleContext, name: string): string | undefined {
  const columns =
    query?.diagnostics.length === 0 && !query.open ? query.columns?.map((column) => column.name) : undefined;
  if (columns === undefined || columns.includes(name)) return undefined;
  const close = nearest(name, columns);
  return close.length === 0
    ? "Return it, or map another column."
    : `Did you mean ${close.map((item) => `'${item}'`).join(" or ")}?`;
}

function details(context: RuleContext): readonly CheckProblem[] {
  const { rule, file } = context;
  return Object.entries(rule.customDetails).flatMap(([detail, column]) => {
    const next = missingColumn(context, column);
    if (next === undefined) return [];
    const word = wordAfter(column, rule.keys.customDetails, file);
    const message = `The query returns no column '${shown(column)}' for the custom detail '${shown(detail)}'.`;
    return [problem(context, "unknown-detail-column", word ?? keyStretch(context, "customDetails"), { message, next })];
  });
}

/** Columns stand in double braces in the alert's name and description, and by name under the other keys. */
function overrides(context: RuleContext): readonly CheckProblem[] {
  const { rule, file } = context;
  const settings = rule.alertDetailsOverride;
  if (settings === undefined || settings === null || typeof settings !== "object" || Array.isArray(settings)) return [];
  const columns = Object.entries(settings).flatMap(([key, value]) => {
    if (typeof value !== "string") return [];
    if (/ColumnName$/.test(key)) return [value];
    return [...value.matchAll(/\{\{\s*([^{}]+?)\s*\}\}/g)].map(([, column = ""]) => column);
  });
  return [...new Set(columns)].flatMap((column) => {
    const next = missingColumn(context, column);
    if (next === undefined) return [];
    const word = wordAfter(column, rule.keys.alertDetailsOverride, file);
    const message = `The query returns no column '${shown(column)}' for the alert's details.`;
    return [
      problem(context, "unknown-override-column", word ?? keyStretch(context, "alertDetailsOverride"), {
        message,
        next,
      }),
    ];
  });
}
