import { sysmonInitiator, sysmonProcess } from "../processes.ts";
import { data, device, type EventTable, fileName, hash, sysmon } from "../table.ts";

/** Libraries that processes load. */
export const imageLoadEvents: EventTable = {
  table: "DeviceImageLoadEvents",
  branches: [
    {
      where: sysmon(7),
      process: sysmonProcess,
      columns: {
        ...device,
        ActionType: "'ImageLoaded'",
        FileName: fileName(data("ImageLoaded")),
        FolderPath: data("ImageLoaded"),
        SHA1: hash("SHA1"),
        SHA256: hash("SHA256"),
        MD5: hash("MD5"),
        ...sysmonInitiator,
      },
    },
  ],
};

const signer = data("Signature");

/** One row for each file that a device has loaded: the signature that it was seen with first. */
export const certificateInfo: EventTable = {
  table: "DeviceFileCertificateInfo",
  branches: [
    {
      where: "true",
      from: "signed_images",
      columns: {
        ...device,
        SHA1: "e.sha1",
        IsSigned: `lower(${data("Signed")})`,
        SignatureType: `case when lower(${data("Signed")}) = 'true' then 'Embedded' end`,
        Signer: signer,
        IsTrusted: `case when lower(${data("Signed")}) = 'true' and ${data("SignatureStatus")} = 'Valid' then 'true' else 'false' end`,
        IsRootSignerMicrosoft: `case when starts_with(${signer}, 'Microsoft') then 'true' else 'false' end`,
      },
    },
  ],
};

/** SQL of the events that those rows are made of. */
export function signedImagesSql(events: string): string {
  const images = `select e.*, ${hash("SHA1")} as sha1 from ${events} e where ${sysmon(6, 7)}`;
  return `select unnest(first) from (select min_by(i, {'time': time, 'line': _line}) as first from (${images}) i where sha1 is not null group by host, sha1)`;
}
