import { account, data, fileName, hash, number, plainGuid, sysmon, uniqueId } from "./table.ts";

/**
 * SQL of the processes whose start is among the events, one for each host and GUID. It is the first of two passes; the
 * second joins it, as a hash table that spills, to the events that name a process.
 */
export function processesSql(events: string): string {
  const facts: Readonly<Record<string, string>> = {
    image: data("Image"),
    command: data("CommandLine"),
    created: "e.time",
    sha1: hash("SHA1"),
    sha256: hash("SHA256"),
    md5: hash("MD5"),
    integrity: data("IntegrityLevel"),
    company: data("Company"),
    product: data("Product"),
    version: data("FileVersion"),
    original: data("OriginalFileName"),
    description: data("Description"),
    parentId: data("ParentProcessId"),
    parentImage: data("ParentImage"),
    login: data("User"),
    session: data("TerminalSessionId"),
    logon: data("LogonId"),
  };
  const columns = Object.entries(facts).map(([name, sql]) => `'${name}': ${sql}`);
  const first = `min_by({${columns.join(", ")}}, e._line)`;
  return `select host, guid, unnest(facts) from (select e.host as host, ${plainGuid(data("ProcessGuid"))} as guid, ${first} as facts from ${events} e where ${sysmon(1)} and ${data("ProcessGuid")} is not null group by 1, 2)`;
}

/** What an event itself says of the process that made it happen. */
export interface Initiator {
  readonly guid?: string;
  readonly image?: string;
  readonly id?: string;
  readonly user?: string;
  readonly command?: string;
}

/** The columns of the initiating process: what its own start says, else what the event carries. */
export function initiating(own: Initiator): Readonly<Record<string, string>> {
  const image = own.image === undefined ? "p.image" : `coalesce(p.image, ${own.image})`;
  const command = own.command === undefined ? "p.command" : `coalesce(p.command, ${own.command})`;
  const user = own.user === undefined ? "p.login" : `coalesce(p.login, ${own.user})`;
  return {
    InitiatingProcessFileName: `lower(${fileName(image)})`,
    InitiatingProcessFolderPath: `lower(${image})`,
    ...(own.id === undefined ? {} : { InitiatingProcessId: number(own.id) }),
    InitiatingProcessCommandLine: command,
    InitiatingProcessCreationTime: "p.created",
    ...(own.guid === undefined ? {} : { InitiatingProcessUniqueId: uniqueId(own.guid) }),
    InitiatingProcessAccountDomain: account(user).domain,
    InitiatingProcessAccountName: account(user).name,
    InitiatingProcessIntegrityLevel: "p.integrity",
    InitiatingProcessSHA1: "p.sha1",
    InitiatingProcessSHA256: "p.sha256",
    InitiatingProcessMD5: "p.md5",
    InitiatingProcessParentId: "p.parentId",
    InitiatingProcessParentFileName: fileName("p.parentImage"),
    InitiatingProcessVersionInfoCompanyName: "p.company",
    InitiatingProcessVersionInfoProductName: "p.product",
    InitiatingProcessVersionInfoProductVersion: "p.version",
    InitiatingProcessVersionInfoOriginalFileName: "p.original",
    InitiatingProcessVersionInfoFileDescription: "p.description",
    InitiatingProcessSessionId: "p.session",
  };
}

/** Most of Sysmon's events name the process in the same words. */
export const sysmonInitiator: Readonly<Record<string, string>> = initiating({
  guid: data("ProcessGuid"),
  image: data("Image"),
  id: data("ProcessId"),
  user: data("User"),
});

export const sysmonProcess: string = data("ProcessGuid");
