/** A Windows event, whatever wrote it down: the fields of its `System` part, and its own data in their order. */
export interface NormalEvent {
  /** Number of the record in its file, from 1. */
  readonly line: number;
  readonly time: string | null;
  readonly computer: string | null;
  readonly channel: string | null;
  readonly provider: string | null;
  readonly id: string | null;
  readonly version: string | null;
  readonly level: string | null;
  readonly task: string | null;
  readonly opcode: string | null;
  readonly keywords: string | null;
  readonly record: string | null;
  readonly pid: string | null;
  readonly tid: string | null;
  readonly sid: string | null;
  /** `DOMAIN\\user` of that id, where it is told. */
  readonly login: string | null;
  readonly correlation: string | null;
  readonly message: string | null;
  /** `EventData`, or the element that stands in `UserData`. */
  readonly section: string | null;
  /** Values without a name are `#1`, `#2`, …; a second value of one name is `Name#2`. */
  readonly data: Readonly<Record<string, string>>;
}

/** The columns of a relation of normal events, `line` and `data` aside; each is VARCHAR. */
export type EventText = Exclude<keyof NormalEvent, "line" | "data">;

export const eventTexts: readonly EventText[] = [
  "time",
  "computer",
  "channel",
  "provider",
  "id",
  "version",
  "level",
  "task",
  "opcode",
  "keywords",
  "record",
  "pid",
  "tid",
  "sid",
  "login",
  "correlation",
  "message",
  "section",
];

/** SQL for each of those columns, over the values of a shape. */
export type EventTexts = Readonly<Record<EventText, string>>;

/** SQL of normal events: `line` BIGINT, the texts, and `data` MAP(VARCHAR, VARCHAR). */
export function normalSql(texts: EventTexts, data: string, from: string): string {
  const columns = eventTexts.map((name) => `cast(${texts[name]} as VARCHAR) as ${name}`);
  return `select line, ${columns.join(", ")}, ${data} as data from ${from}`;
}

/** A MAP of the entries of a list; a name that comes again gets its place as a number. */
export function mapOf(entries: string): string {
  const names = `list_transform(${entries}, lambda e: e.key)`;
  const distinct = `list_transform(${entries}, lambda e, i: {'key': case when list_position(${names}, e.key) = i then e.key else e.key || '#' || i end, 'value': e.value})`;
  return `coalesce(try(map_from_entries(${entries})), map_from_entries(${distinct}))`;
}
