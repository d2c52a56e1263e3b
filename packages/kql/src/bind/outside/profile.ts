import type { ColumnSchema } from "../../values/schema.ts";

/** What `FileProfile()` adds to a file's hash, as Defender's documentation lists it. */
export const profileColumns: readonly ColumnSchema[] = [
  { name: "SHA1", type: "string" },
  { name: "SHA256", type: "string" },
  { name: "MD5", type: "string" },
  { name: "FileSize", type: "long" },
  { name: "GlobalPrevalence", type: "long" },
  { name: "GlobalFirstSeen", type: "datetime" },
  { name: "GlobalLastSeen", type: "datetime" },
  { name: "Signer", type: "string" },
  { name: "Issuer", type: "string" },
  { name: "SignerHash", type: "string" },
  { name: "IsCertificateValid", type: "bool" },
  { name: "IsRootSignerMicrosoft", type: "bool" },
  { name: "SignatureState", type: "string" },
  { name: "IsExecutable", type: "bool" },
  { name: "ThreatName", type: "string" },
  { name: "Publisher", type: "string" },
  { name: "SoftwareName", type: "string" },
  { name: "ProfileAvailability", type: "string" },
];
