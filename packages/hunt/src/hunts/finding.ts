import { createHash } from "node:crypto";
import type { ResultTable } from "@goshawk/engine";
import type { KqlType } from "@goshawk/kql";
import type { Rule } from "../rules/rule.ts";
import { type Entity, entitiesIn, namingColumns } from "./entities.ts";
import { entityColumns } from "./entityColumns.ts";
import { identityColumns, identityOf } from "./identity.ts";

/** One result row of a rule, in the terms that a hunter reads. */
export interface Finding {
  /** The same in every run for the same rule and entities. */
  readonly id: string;
  /** What it is about: the device, account, address or whatever the row names first. */
  readonly entity: string;
  /** All that the row names, by entity mappings or by the names of columns. */
  readonly entities: readonly Entity[];
  /** Kusto's datetime text; null where the row has no time. */
  readonly firstSeen: string | null;
  readonly lastSeen: string | null;
  /** As the rule counted; null where it doesn't count. */
  readonly count: string | null;
  /** The remaining cells, by column. */
  readonly evidence: readonly (readonly [column: string, value: string])[];
}

/** How many findings rows make: those of the same rule about the same entities are one. */
export function countFindings(findings: readonly Pick<Finding, "id">[]): number {
  return new Set(findings.map(({ id }) => id)).size;
}

interface Roles {
  readonly entity: number | undefined;
  readonly first: number | undefined;
  readonly last: number | undefined;
  readonly count: number | undefined;
}

/** The rows of a rule's answer as findings. Which column plays which part comes from entity mappings, types and names. */
export function findingsOf(rule: Rule, table: ResultTable): readonly Finding[] {
  const roles = rolesOf(rule, table);
  const spoken = new Set([roles.entity, roles.first, roles.last, roles.count]);
  const cell = (row: readonly (string | null)[], index: number | undefined): string | null =>
    index === undefined ? null : (row[index] ?? null);
  const identity = identityColumns(rule, table);
  const naming = namingColumns(rule, table);
  return table.rows.map((row) => ({
    id: idOf(rule, row, identity),
    entity: cell(row, roles.entity) ?? "",
    entities: entitiesIn(row, naming),
    firstSeen: cell(row, roles.first),
    lastSeen: cell(row, roles.last),
    count: cell(row, roles.count),
    evidence: table.columns.flatMap((column, index): readonly (readonly [string, string])[] => {
      const value = row[index] ?? "";
      return spoken.has(index) || value === "" ? [] : [[column.name, value]];
    }),
  }));
}

function idOf(rule: Rule, row: readonly (string | null)[], identity: readonly number[]): string {
  return createHash("sha256")
    .update(`${rule.id}\n${identityOf(row, identity)}`)
    .digest("hex")
    .slice(0, 16);
}

function rolesOf(rule: Rule, table: ResultTable): Roles {
  const times = columnsOf(table, "datetime");
  return {
    entity: entityIndex(rule, table),
    first: times.find((index) => /first|start|min_|earliest/i.test(nameAt(table, index))) ?? times[0],
    last: times.find((index) => /last|end|max_|latest/i.test(nameAt(table, index))) ?? times.at(-1),
    count: [...columnsOf(table, "long"), ...columnsOf(table, "int")].find((index) =>
      /count|total|hits|events/i.test(nameAt(table, index)),
    ),
  };
}

function entityIndex(rule: Rule, table: ResultTable): number | undefined {
  const mapped = rule.entityMappings.flatMap((mapping) => mapping.fieldMappings.map((field) => field.columnName));
  const strings = new Set(columnsOf(table, "string"));
  for (const name of [...mapped, ...entityColumns]) {
    const index = table.columns.findIndex((column) => column.name === name);
    if (index >= 0 && strings.has(index)) return index;
  }
  return [...strings][0];
}

function columnsOf(table: ResultTable, type: KqlType): readonly number[] {
  return table.columns.flatMap((column, index) => (column.type === type ? [index] : []));
}

function nameAt(table: ResultTable, index: number): string {
  return table.columns[index]?.name ?? "";
}
