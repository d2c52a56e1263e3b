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

const everyWatchlist = ["SearchKey", "_DTItemId"];

/** The catalogue, file profiles, and a watchlist of every alias, whose columns grow with `learn`. */
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
        if (!name.startsWith("_GetWatchlist(")) return table(name);
        return { name, columns: columns.map((column) => ({ name: column, type: "string" })) };
      },
    },
  };
}

/** Files of `externaldata` are there and hold nothing. */
export const emptyFiles = async () => ({ kind: "rows", rows: [] });
