import type { FileFact, VersionInfo } from "../model/file.ts";

type Cell = string | number | boolean | null;

/** `"Name":value,` for each cell: a stretch of a JSON object's inside, ready to be copied into rows. */
export function fragment(cells: Readonly<Record<string, Cell>>): Buffer {
  return Buffer.from(fragmentText(cells));
}

export function fragmentText(cells: Readonly<Record<string, Cell>>): string {
  let text = "";
  for (const name in cells) text += `"${name}":${JSON.stringify(cells[name])},`;
  return text;
}

export function fileFragment(file: FileFact): Buffer {
  return fragment({
    FileName: file.name,
    FolderPath: file.path,
    SHA1: file.sha1,
    MD5: file.md5,
    SHA256: file.sha256,
    FileSize: file.size,
  });
}

export function versionFragment(file: FileFact): Buffer {
  return fragment(versionCells("ProcessVersionInfo", file.version));
}

/**
 * The part of `InitiatingProcess…` that all runs of a program share; its name and path are in lower case there. Columns
 * that only repeat what the program's own row says are left out: this stretch stands in nearly every row.
 */
export function initiatingFileFragment(file: FileFact): Buffer {
  return fragment({
    InitiatingProcessFileName: file.name.toLowerCase(),
    InitiatingProcessFolderPath: file.path.toLowerCase(),
    InitiatingProcessSHA1: file.sha1,
  });
}

/** What network rows say beyond that: rules look there for the company and the product. */
export function initiatingVersionFragment({ version }: FileFact): Buffer {
  if (version === undefined) return Buffer.alloc(0);
  return fragment({
    InitiatingProcessVersionInfoCompanyName: version.company,
    InitiatingProcessVersionInfoProductName: version.product,
    InitiatingProcessVersionInfoOriginalFileName: version.originalName,
  });
}

export function certificateFragment(file: FileFact): Buffer {
  const certificate = file.certificate;
  if (certificate === undefined) {
    return fragment({ SHA1: file.sha1, IsSigned: false, IsRootSignerMicrosoft: false, IsTrusted: false, Signer: null });
  }
  return fragment({
    SHA1: file.sha1,
    IsSigned: true,
    IsRootSignerMicrosoft: certificate.microsoftRoot,
    IsTrusted: certificate.trusted,
    Signer: certificate.signer,
    SignerHash: certificate.signerHash,
    Issuer: certificate.issuer,
    IssuerHash: certificate.issuerHash,
    SignatureType: certificate.kind,
    CertificateCreationTime: certificate.created,
    CertificateExpirationTime: certificate.expires,
    CertificateCountersignatureTime: certificate.countersigned,
    CrlDistributionPointUrls: JSON.stringify(certificate.revocations),
    CertificateSerialNumber: certificate.serial,
  });
}

function versionCells(prefix: string, version: VersionInfo | undefined): Record<string, Cell> {
  if (version === undefined) return {};
  return {
    [`${prefix}CompanyName`]: version.company,
    [`${prefix}ProductName`]: version.product,
    [`${prefix}ProductVersion`]: version.version,
    [`${prefix}InternalFileName`]: version.internalName,
    [`${prefix}OriginalFileName`]: version.originalName,
    [`${prefix}FileDescription`]: version.description,
  };
}
