import { quoteIdentifier } from "@goshawk/kql/values";
import type { SegmentColumn } from "./entries.ts";

/** What an event is: columns of few values by which rules choose rows more often than by any other. */
const kinds: readonly string[] = [
  "EventID",
  "ActionType",
  "OperationName",
  "OperationNameValue",
  "Operation",
  "EventName",
  "ResultType",
];

/** What an event is about; the first of these that a table has. */
const subjects: readonly string[] = [
  "Signer",
  "FileName",
  "RemoteUrl",
  "ProcessName",
  "NewProcessName",
  "InitiatingProcessFileName",
  "UserPrincipalName",
];

const TICKS_PER_DAY = 864_000_000_000n;

/**
 * SQL of the order of a segment's rows: within each day those of one kind and subject lie together, so that one of them
 * is found in few blocks; in the order of time where a table has no such columns. `time` is the SQL of the event's ticks.
 */
export function orderSql(columns: readonly SegmentColumn[], time: string | undefined): string {
  const keys = clusterColumns(columns).map(({ physical }) => quoteIdentifier(physical));
  const times = time === undefined ? [] : [time];
  const days = keys.length === 0 ? [] : times.map((sql) => `${sql} // ${TICKS_PER_DAY}`);
  const order = [...days, ...keys, ...times];
  return order.length === 0 ? "" : `order by ${order.join(", ")}`;
}

function clusterColumns(columns: readonly SegmentColumn[]): readonly SegmentColumn[] {
  const plain = columns.filter(({ type }) => type === "string" || type === "int" || type === "long");
  const named = (name: string): readonly SegmentColumn[] => plain.filter((column) => column.name === name).slice(0, 1);
  return [...kinds.flatMap(named), ...subjects.flatMap(named).slice(0, 1)];
}
