// Writes content/remote-management/<tool>-{signer,process,network}.yaml, hunting queries for each remote-management tool, and
// <tool>.test.yaml with their cases:
//   npm run build && npm run content
// The names come from the facts of @goshawk/estate, and what is known of their worth from weakNames.mjs.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { remoteTools } from "@goshawk/estate";
import { testsText } from "./cases.mjs";
import { genericNames, weakSigners, wideCompanies, wrongHosts } from "./weakNames.mjs";

const folder = new URL("../../content/remote-management/", import.meta.url);
mkdirSync(folder, { recursive: true });
for (const name of readdirSync(folder))
  if (/(-(signer|process|network)|^[a-z0-9-]+\.test)\.yaml$/.test(name) && name !== "exclusions.test.yaml")
    rmSync(new URL(name, folder));

/** The same tool always gets the same id. */
function idOf(kind, tool) {
  const hex = createHash("sha256").update(`goshawk remote-management ${kind} ${tool}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function anyOf(column, values) {
  const quoted = values.map((value) => JSON.stringify(value));
  return quoted.length === 1 ? `${column} has ${quoted[0]}` : `${column} has_any (${quoted.join(", ")})`;
}

function without(values = [], left = []) {
  return values.filter((value) => !left.includes(value));
}

/** Sentences in lines of at most 118 characters, indented. */
function wrapped(text) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = `${lines.at(-1)} ${word}`.trimStart();
    if (line.length <= 118) lines[lines.length - 1] = line;
    else lines.push(word);
  }
  return lines.map((line) => `  ${line}`).join("\n");
}

const use = "Administrators use such tools; so do intruders, to stay and to take data out.";

function rule({ kind, tool, name, description, table, query, version }) {
  return `id: ${idOf(kind, tool)}
name: ${name}
description: |
${wrapped(description)}
requiredDataConnectors:
  - connectorId: MicrosoftThreatProtection
    dataTypes:
      - ${table}
tactics:
  - CommandAndControl
relevantTechniques:
  - T1219
query: |
  ${table}
  | where Timestamp > ago(5d)
${query.map((line) => `  ${line}`).join("\n")}
entityMappings:
  - entityType: Host
    fieldMappings:
      - identifier: HostName
        columnName: DeviceName
version: ${version}
`;
}

function signerRule({ tool, signers = [] }) {
  if (signers.length === 0) return undefined;
  const weak = Object.entries(weakSigners[tool] ?? {}).map(([signer, why]) => `'${signer}' is a weak name: ${why}.`);
  return {
    kind: "signer",
    tool,
    name: `Files signed by ${tool}`,
    table: "DeviceFileCertificateInfo",
    description: `A file signed by the maker of ${tool}, a remote-management tool, was seen on a device. ${[use, "Look at who installed it and when.", ...weak].join(" ")}`,
    query: [
      `| where ${anyOf("Signer", signers)}`,
      "| summarize FirstSeen = min(Timestamp), LastSeen = max(Timestamp), Files = make_set(SHA1, 20), Count = count() by DeviceId, DeviceName",
    ],
    version: "1.1.0",
    finds: signers.map((Signer) => ({ Signer })),
    passes: [{ Signer: `x${signers[0]}` }, { Signer: "Contoso Ltd" }],
  };
}

function processRule({ tool, companies, products }) {
  const generic = genericNames[tool];
  const wide = wideCompanies[tool] ?? [];
  const [made, called] = [without(without(companies, generic), wide), without(products, generic)];
  const company = "ProcessVersionInfoCompanyName";
  const product = "ProcessVersionInfoProductName";
  const ways = [
    ...(made.length === 0 ? [] : [anyOf(company, made)]),
    ...(called.length === 0 || (made.length === 0 && wide.length > 0) ? [] : [anyOf(product, called)]),
    ...(wide.length === 0 || called.length === 0 ? [] : [`(${anyOf(company, wide)} and ${anyOf(product, called)})`]),
  ];
  if (ways.length === 0) return undefined;
  return {
    kind: "process",
    tool,
    name: `Processes of ${tool}`,
    table: "DeviceProcessEvents",
    description: `A program started that says of itself that it is ${tool}, a remote-management tool. ${use} What a program says of itself is its maker's word, and survives a change of its file's name.`,
    query: [
      `| where ${ways.join(" or ")}`,
      "| summarize FirstSeen = min(Timestamp), LastSeen = max(Timestamp), Files = make_set(FolderPath, 20), Accounts = make_set(AccountName, 20), Count = count() by DeviceId, DeviceName",
    ],
    version: "1.0.0",
    finds: [
      ...made.map((name) => ({ [company]: name })),
      ...(called.length === 0 ? [] : wide.map((name) => ({ [company]: name, [product]: called[0] }))),
      ...(wide.length > 0 ? [] : called.map((name) => ({ [company]: "Contoso Ltd", [product]: name }))),
    ],
    passes: [
      { [company]: "Contoso Ltd", [product]: "Contoso Notes" },
      ...wide.map((name) => ({ [company]: name, [product]: "another product" })),
    ],
  };
}

function networkRule({ tool, hosts }) {
  const asked = without(hosts, wrongHosts[tool]);
  if (asked.length === 0) return undefined;
  return {
    kind: "network",
    tool,
    name: `Connections to ${tool}`,
    table: "DeviceNetworkEvents",
    description: `A device spoke to a host of ${tool}, a remote-management tool. ${use} Look at which program spoke to it.`,
    query: [
      `| where ${anyOf("RemoteUrl", asked)}`,
      "| summarize FirstSeen = min(Timestamp), LastSeen = max(Timestamp), Hosts = make_set(RemoteUrl, 20), Programs = make_set(InitiatingProcessFileName, 20), Count = count() by DeviceId, DeviceName",
    ],
    version: "1.0.0",
    finds: asked.map((RemoteUrl) => ({ RemoteUrl })),
    passes: [{ RemoteUrl: "www.example.org" }],
  };
}

let written = 0;
for (const tool of remoteTools) {
  const name = tool.tool
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/-$/, "");
  const made = [signerRule(tool), processRule(tool), networkRule(tool)]
    .filter((item) => item !== undefined)
    .map((item) => ({ ...item, file: `${name}-${item.kind}.yaml` }));
  for (const item of made) writeFileSync(new URL(item.file, folder), rule(item));
  if (made.length > 0) writeFileSync(new URL(`${name}.test.yaml`, folder), testsText(made));
  written += made.length;
}
console.log(`${written} rules`);
