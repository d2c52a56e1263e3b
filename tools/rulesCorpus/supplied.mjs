import { table, tableNames } from "@goshawk/store/schemas";

/** What rules expect from outside of a store: columns of watchlists are those that a rule names and nothing else has. */
const profiles = {
  name: "FileProfile",
  columns: Object.entries({
    SHA1: "string",
    SHA256: "string",
    MD5: "string",
    FileSize: "long",
    GlobalPrevalence: "long",
    GlobalFirstSeen: "datetime",
    GlobalLastSeen: "datetime",
    Signer: "string",
    Issuer: "string",
    SignerHash: "string",
    IsCertificateValid: "bool",
    IsRootSignerMicrosoft: "bool",
    SignatureState: "string",
    IsExecutable: "bool",
    ThreatName: "string",
    Publisher: "string",
    SoftwareName: "string",
    ProfileAvailability: "string",
  }).map(([name, type]) => ({ name, type })),
};

/** Tables of Azure Resource Graph, by its documentation; each kind of resource has more columns. */
const resourceTables = new Set(
  "resources resourcecontainers resourcechanges resourcecontainerchanges securityresources policyresources authorizationresources iotsecurityresources advisorresources".split(
    " ",
  ),
);
const resourceColumns = Object.entries({
  id: "string",
  name: "string",
  type: "string",
  tenantId: "string",
  kind: "string",
  location: "string",
  resourceGroup: "string",
  subscriptionId: "string",
  managedBy: "string",
  sku: "dynamic",
  plan: "dynamic",
  properties: "dynamic",
  tags: "dynamic",
  identity: "dynamic",
  zones: "dynamic",
  extendedLocation: "dynamic",
}).map(([name, type]) => ({ name, type }));

/** What Defender's service knows, as functions that know nothing. */
export const serviceFunctions = [
  { name: "SeenBy", parameters: "(T: (*))", body: "{ T | extend SeenBy = dynamic(null) }" },
];

const everyWatchlist = ["SearchKey", "_DTItemId"];

/** The catalogue, file profiles, tables of Azure Resource Graph, and a watchlist of every alias, whose columns grow with `learn`. */
export function suppliedSchemas() {
  let columns = everyWatchlist;
  return {
    forget: () => {
      columns = everyWatchlist;
    },
    learn: (names) => {
      columns = [...new Set([...columns, ...names])];
    },
    schemas: {
      tableNames: () => [...tableNames(), profiles.name],
      table: (name) => {
        if (name === profiles.name) return profiles;
        if (resourceTables.has(name.toLowerCase())) return { name, open: true, columns: resourceColumns };
        if (!name.startsWith("_GetWatchlist(")) return table(name);
        return { name, columns: columns.map((column) => ({ name: column, type: "string" })) };
      },
    },
  };
}

/** Files of `externaldata` are there and hold nothing. */
export const emptyFiles = async () => ({ kind: "rows", rows: [] });

/** A database of addresses that knows none. */
export const noPlace = () => undefined;
