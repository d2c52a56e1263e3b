import type { Backend } from "@goshawk/engine";
import type { ColumnsOf } from "./draft/draft.ts";
import type { Exclusion, Meaning } from "./exclusion.ts";
import { type EventTime, evidenceLets, hidingStep } from "./narrowing.ts";

/** What an exclusion takes from its table, whatever rules look for. */
export interface HiddenRows {
  readonly rows: number;
  readonly of: number;
  /** Undefined where the table has no such column. */
  readonly devices?: number;
  readonly accounts?: number;
  /** Rows of the table beside which there is evidence at all, whatever the condition says of it. */
  readonly withEvidence?: number;
  /** Kusto's datetime text; null where nothing is hidden. */
  readonly first: string | null;
  readonly last: string | null;
}

const opposite: Readonly<Record<Meaning, Meaning>> = { drop: "keep", keep: "drop" };

/** KQL of the rows that an exclusion hides. */
export function hiddenRowsText(exclusion: Exclusion & { readonly meaning: Meaning }, eventTime: EventTime): string {
  const step = hidingStep({ ...exclusion, meaning: opposite[exclusion.meaning] }, 0);
  return `${evidenceLets([exclusion], (table) => table, eventTime)}${exclusion.table}\n${step}`;
}

/** The first that a row fills in tells its device, its account. */
const deviceColumns = ["DeviceId", "Computer", "DvcHostname", "HostName"];
const accountColumns = [
  "AccountUpn",
  "AccountName",
  "InitiatingProcessAccountUpn",
  "InitiatingProcessAccountName",
  "UserPrincipalName",
  "TargetUserName",
  "Account",
  "UserId",
];

function distinct(name: string, from: readonly string[], columns: ReturnType<ColumnsOf>): readonly string[] {
  const there = from.filter((one) => columns?.has(one)).map((one) => `tostring(${one})`);
  if (there.length === 0) return [];
  const first = there.length === 1 ? there.join() : `coalesce(${there.join(", ")})`;
  return [`${name} = count_distinctif(${first}, isnotempty(${first}))`];
}

/** Counts them; rejects with the first diagnostic where the exclusion is no KQL over its table. */
export async function hiddenRows(
  exclusion: Exclusion & { readonly meaning: Meaning },
  backend: Backend,
  options: {
    readonly now: bigint | "latest";
    readonly eventTime: EventTime;
    readonly columnsOf: ColumnsOf;
    readonly signal?: AbortSignal;
  },
): Promise<HiddenRows> {
  const { table } = exclusion;
  const columns = options.columnsOf(table);
  const time = options.eventTime(table);
  const counts = [
    "Rows = count()",
    ...(columns?.has(time) ? [`First = min(${time})`, `Last = max(${time})`] : []),
    ...distinct("Devices", deviceColumns, columns),
    ...distinct("Accounts", accountColumns, columns),
  ];
  const ask = async (text: string): Promise<ReadonlyMap<string, string | null>> => {
    const outcome = await backend.query({ text, now: options.now }, options.signal);
    if (!outcome.ok) throw new Error(outcome.diagnostics[0]?.message ?? "the exclusion can't be run");
    const [row = []] = outcome.table.rows;
    return new Map(outcome.table.columns.map((column, index) => [column.name, row[index] ?? null]));
  };
  const found = await ask(`${hiddenRowsText(exclusion, options.eventTime)}\n| summarize ${counts.join(", ")}`);
  const tied =
    exclusion.evidence === undefined
      ? undefined
      : await ask(`${hiddenRowsText({ ...exclusion, meaning: "drop", when: "true" }, options.eventTime)}\n| count`);
  const all = await ask(`${table} | count`);
  const [devices, accounts] = [found.get("Devices") ?? undefined, found.get("Accounts") ?? undefined];
  return {
    rows: Number(found.get("Rows") ?? 0),
    of: Number(all.get("Count") ?? 0),
    first: found.get("First") ?? null,
    last: found.get("Last") ?? null,
    ...(tied === undefined ? {} : { withEvidence: Number(tied.get("Count") ?? 0) }),
    ...(devices === undefined ? {} : { devices: Number(devices) }),
    ...(accounts === undefined ? {} : { accounts: Number(accounts) }),
  };
}
