// Writes content/remote-management/<tool>-signer.yaml, a hunting query for each remote-management tool that is signed:
//   npm run build && npm run content
// The names come from the facts of @goshawk/estate.
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { remoteTools } from "@goshawk/estate";

const folder = new URL("../../content/remote-management/", import.meta.url);
mkdirSync(folder, { recursive: true });

/** The same tool always gets the same id. */
function idOf(tool) {
  const hex = createHash("sha256").update(`goshawk remote-management signer ${tool}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function condition(signers) {
  const quoted = signers.map((signer) => JSON.stringify(signer));
  return quoted.length === 1 ? `Signer has ${quoted[0]}` : `Signer has_any (${quoted.join(", ")})`;
}

function rule({ tool, signers }) {
  return `id: ${idOf(tool)}
name: Files signed by ${tool}
description: |
  A file signed by the maker of ${tool}, a remote-management tool, was seen on a device. Administrators use such
  tools; so do intruders, to stay and to take data out. Look at who installed it and when.
requiredDataConnectors:
  - connectorId: MicrosoftThreatProtection
    dataTypes:
      - DeviceFileCertificateInfo
tactics:
  - CommandAndControl
relevantTechniques:
  - T1219
query: |
  DeviceFileCertificateInfo
  | where Timestamp > ago(5d)
  | where ${condition(signers)}
  | summarize FirstSeen = min(Timestamp), LastSeen = max(Timestamp), Files = make_set(SHA1, 20), Count = count() by DeviceId, DeviceName
entityMappings:
  - entityType: Host
    fieldMappings:
      - identifier: HostName
        columnName: DeviceName
version: 1.0.0
`;
}

const signed = remoteTools.filter((tool) => (tool.signers ?? []).length > 0);
for (const tool of signed) {
  const name = tool.tool
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/-$/, "");
  writeFileSync(new URL(`${name}-signer.yaml`, folder), rule(tool));
}
console.log(`${signed.length} rules`);
