import { NEEDLE, NOW, RARE } from "./data.mjs";

const border = (needle) => String.raw`(?is)(?:^|[^\p{L}\p{N}])${needle}(?:$|[^\p{L}\p{N}])`;
const from = NOW - 5n * 864_000_000_000n;

/** Each as KQL for the store and as SQL by hand for the plain table. */
export const founding = {
  kql: `DeviceFileCertificateInfo
| where Timestamp between (ago(5d) .. now())
| where Signer has '${NEEDLE}'
| summarize FirstSeen=min(Timestamp), LastSeen=max(Timestamp), Report=make_set(ReportId), Count=count() by DeviceId, DeviceName`,
  sql: `select DeviceId, DeviceName, min(Timestamp), max(Timestamp), list(distinct ReportId), count(*) from DeviceFileCertificateInfo where Timestamp between ${from} and ${NOW} and regexp_matches(Signer, '${border(NEEDLE)}') group by all`,
};

export const broad = {
  kql: "DeviceFileCertificateInfo | summarize count() by DeviceId, bin(Timestamp, 1d)",
  sql: "select DeviceId, Timestamp - Timestamp % 864000000000 as day, count(*) from DeviceFileCertificateInfo group by all",
};

const term = (needle) => ({
  kql: `DeviceProcessEvents | where ProcessCommandLine has '${needle}' | project Timestamp, DeviceName, ProcessCommandLine`,
  sql: [
    `select Timestamp, DeviceName, ProcessCommandLine from DeviceProcessEvents where regexp_matches(ProcessCommandLine, '${border(needle)}')`,
    `select Timestamp, DeviceName, ProcessCommandLine from DeviceProcessEvents where contains(lower(ProcessCommandLine), '${needle}') and regexp_matches(ProcessCommandLine, '${border(needle)}')`,
    `select Timestamp, DeviceName, ProcessCommandLine from DeviceProcessEvents where regexp_matches(ProcessCommandLine, '(?is)${needle}') and regexp_matches(ProcessCommandLine, '${border(needle)}')`,
  ],
});

export const rare = term(RARE);
export const absent = term("qqabsentqqterm");
export const nothing = "DeviceProcessEvents | where false | project Timestamp, DeviceName, ProcessCommandLine";
