import type { ResultTable } from "@goshawk/engine";
import type { Rule } from "../rules/rule.ts";

/** Something that a finding names, in the words of Sentinel's entity mappings. */
export interface Entity {
  /** Such as Host, Account or IP. */
  readonly type: string;
  /** Which name of the entity the value is, such as HostName. */
  readonly identifier: string;
  readonly value: string;
}

/** A column whose cells name an entity. */
export interface NamingColumn {
  readonly index: number;
  readonly type: string;
  readonly identifier: string;
}

/** The columns that name entities: those of the rule's entity mappings, else those whose names tell. */
export function namingColumns(rule: Rule, table: ResultTable): readonly NamingColumn[] {
  const indexOf = (name: string): number => table.columns.findIndex((column) => column.name === name);
  const mapped = rule.entityMappings.flatMap(({ entityType, fieldMappings }) =>
    fieldMappings.map(({ identifier, columnName }) => ({ index: indexOf(columnName), type: entityType, identifier })),
  );
  const found = mapped.filter(({ index }) => index >= 0);
  if (found.length > 0) return found;
  return table.columns.flatMap(({ name, type }, index) => {
    const known = type === "string" || type === "guid" ? namesOf(name) : undefined;
    return known === undefined ? [] : [{ index, ...known }];
  });
}

/** What one row names, each once. */
export function entitiesIn(row: readonly (string | null)[], columns: readonly NamingColumn[]): readonly Entity[] {
  const found = new Map<string, Entity>();
  for (const { index, type, identifier } of columns) {
    const value = row[index] ?? "";
    if (value !== "") found.set(JSON.stringify([type, identifier, value.toLowerCase()]), { type, identifier, value });
  }
  return [...found.values()];
}

type Naming = Omit<NamingColumn, "index">;

/** What the cells of a column name, by the names that Defender, Sentinel and ASIM give their columns. */
function namesOf(column: string): Naming | undefined {
  return byName.find(([pattern]) => pattern.test(column))?.[1];
}

const naming = (type: string, identifier: string): Naming => ({ type, identifier });

/** The first that fits counts; Sentinel's own names of types and identifiers. */
const byName: readonly (readonly [RegExp, Naming])[] = [
  [
    /^(DeviceName|Computer|HostName|Hostname|(Dvc|Src|Dst|Target)Hostname|Dvc|WorkstationName)$/,
    naming("Host", "HostName"),
  ],
  [/^DeviceId$/, naming("Host", "OMSAgentID")],
  [
    /^(AccountUpn|AccountUPN|UserPrincipalName|InitiatingProcessAccountUpn|TargetUserPrincipalName)$/,
    naming("Account", "FullName"),
  ],
  [
    /^(Account|AccountName|InitiatingProcessAccountName|Caller|UserId|InitiatedBy|ActorUsername|TargetUserName|SubjectUserName)$/,
    naming("Account", "Name"),
  ],
  [/^(AccountObjectId|InitiatingProcessAccountObjectId|AadUserId)$/, naming("Account", "AadUserId")],
  [/^(AccountSid|InitiatingProcessAccountSid)$/, naming("Account", "Sid")],
  [
    /^(RemoteIP|LocalIP|IPAddress|IpAddress|(Source|Destination|Client|Caller|Src|Dst)_?I[Pp](Addr(ess)?)?|FileOriginIP|PublicIP)$/,
    naming("IP", "Address"),
  ],
  [/^(RemoteUrl|Url|FileOriginUrl|RequestURL|OriginalUrl)$/, naming("URL", "Url")],
  [/^(SHA1|Sha1|InitiatingProcessSHA1)$/, naming("FileHash", "Value")],
  [/^(SHA256|Sha256|FileHash|InitiatingProcessSHA256)$/, naming("FileHash", "Value")],
  [/^(MD5|Md5|InitiatingProcessMD5)$/, naming("FileHash", "Value")],
  [/^(ProcessCommandLine|InitiatingProcessCommandLine|CommandLine)$/, naming("Process", "CommandLine")],
  [/^(RecipientEmailAddress|MailboxOwnerUPN|MailboxPrimaryAddress)$/, naming("Mailbox", "MailboxPrimaryAddress")],
  [/^FileName$/, naming("File", "Name")],
];
