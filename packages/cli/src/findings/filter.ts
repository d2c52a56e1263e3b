import { type FindingFacts, isWanted, statuses, verdicts } from "@goshawk/hunt";
import { formatDatetime, parseDatetime } from "@goshawk/kql/values";
import { UsageError } from "../exit.ts";

/** The options that tell which findings are meant. */
export interface FindingsFilter {
  readonly rule?: string;
  readonly presence?: string;
  readonly status?: string;
  readonly verdict?: string;
  readonly entity?: string;
  readonly technique?: string;
  readonly assignee?: string;
  readonly tag?: readonly string[];
  readonly since?: string;
  readonly suppressed?: boolean;
}

const presences = ["new", "still", "returning", "gone"] as const;

/** Whether a finding is one of those asked for; a word that no finding can have is an error, not an empty answer. */
export function findingsFilter(options: FindingsFilter): (finding: FindingFacts) => boolean {
  const { tag, since, presence, status, verdict, ...rest } = options;
  return isWanted({
    ...rest,
    ...given("presence", oneOf("--presence", presence, presences)),
    ...given("status", oneOf("--status", status, statuses)),
    ...given("verdict", oneOf("--verdict", verdict, verdicts)),
    ...given("since", since === undefined ? undefined : timeOf(since)),
    ...given("tags", tag),
  });
}

function given<K extends string, V>(name: K, value: V | undefined): { readonly [key in K]?: V } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [key in K]: V });
}

function timeOf(text: string): string {
  const ticks = parseDatetime(text);
  if (ticks === undefined) throw new UsageError(`--since '${text}' is no datetime; expected one such as 2026-10-31`);
  return formatDatetime(ticks);
}

/** An option's word, which must be one of those known. */
export function oneOf<T extends string>(option: string, text: string | undefined, known: readonly T[]): T | undefined {
  if (text === undefined) return undefined;
  const found = known.find((value) => value === text);
  if (found === undefined) throw new UsageError(`${option} '${text}' is none of ${known.join(", ")}`);
  return found;
}
