import type { TableName } from "../tables.ts";

/** Columns in the order in which the portal exports them. */
const columns: Readonly<Partial<Record<TableName, readonly string[]>>> = {
  DeviceFileCertificateInfo: (
    "Timestamp DeviceId DeviceName SHA1 IsSigned SignatureType Signer SignerHash Issuer IssuerHash " +
    "CertificateSerialNumber CrlDistributionPointUrls CertificateCreationTime CertificateExpirationTime " +
    "CertificateCountersignatureTime IsTrusted IsRootSignerMicrosoft ReportId"
  ).split(" "),
  DeviceNetworkEvents: (
    "Timestamp DeviceId DeviceName ActionType RemoteIP RemotePort RemoteUrl LocalIP LocalPort Protocol LocalIPType " +
    "RemoteIPType InitiatingProcessSHA1 InitiatingProcessSHA256 InitiatingProcessMD5 InitiatingProcessFileName " +
    "InitiatingProcessFileSize InitiatingProcessVersionInfoCompanyName InitiatingProcessVersionInfoProductName " +
    "InitiatingProcessVersionInfoProductVersion InitiatingProcessVersionInfoInternalFileName " +
    "InitiatingProcessVersionInfoOriginalFileName InitiatingProcessVersionInfoFileDescription InitiatingProcessId " +
    "InitiatingProcessCommandLine InitiatingProcessCreationTime InitiatingProcessFolderPath " +
    "InitiatingProcessParentFileName InitiatingProcessParentId InitiatingProcessParentCreationTime " +
    "InitiatingProcessAccountDomain InitiatingProcessAccountName InitiatingProcessAccountSid " +
    "InitiatingProcessAccountUpn InitiatingProcessAccountObjectId InitiatingProcessIntegrityLevel " +
    "InitiatingProcessTokenElevation ReportId AppGuardContainerId AdditionalFields InitiatingProcessSessionId " +
    "IsInitiatingProcessRemoteSession InitiatingProcessRemoteSessionDeviceName InitiatingProcessRemoteSessionIP " +
    "InitiatingProcessUniqueId"
  ).split(" "),
};

const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** The first bytes of an export: a byte-order mark and the names of the columns. */
export function portalHeader(table: TableName): string {
  return `\uFEFF${columnsOf(table).join(",")}\r\n`;
}

/** A line of the streaming format as the portal would export the same row. */
export function portalLine(table: TableName, streamed: string): string {
  const record: { readonly properties: Readonly<Record<string, unknown>> } = JSON.parse(streamed);
  const cells = columnsOf(table).map((column) => portalCell(column, record.properties[column]));
  return `${cells.join(",")}\r\n`;
}

function portalCell(column: string, value: unknown): string {
  if (column === "Timestamp" || column.endsWith("Time")) {
    return typeof value === "string" ? `"${portalTime(value)}"` : "Invalid date";
  }
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return value ? "1" : "0";
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** `Oct 9, 2024 2:39:25 PM`: no zone, no fraction of a second. */
function portalTime(iso: string): string {
  const hour = Number(iso.slice(11, 13));
  const date = `${months[Number(iso.slice(5, 7)) - 1]} ${Number(iso.slice(8, 10))}, ${iso.slice(0, 4)}`;
  return `${date} ${hour % 12 === 0 ? 12 : hour % 12}:${iso.slice(14, 19)} ${hour < 12 ? "AM" : "PM"}`;
}

function columnsOf(table: TableName): readonly string[] {
  const known = columns[table];
  if (known === undefined) throw new RangeError(`${table} is never exported from the portal`);
  return known;
}
