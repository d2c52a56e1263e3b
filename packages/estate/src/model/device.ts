import type { AccountKind } from "../facts/windows.ts";
import { createRandom, pick, type Random } from "../random.ts";
import { digest } from "./file.ts";

export type DeviceRole = "workstation" | "server" | "build";

export interface Account {
  readonly kind: AccountKind;
  readonly domain: string;
  readonly name: string;
  readonly sid: string;
  readonly upn: string | null;
  readonly logonId: number;
  readonly sessionId: number;
  readonly integrity: "System" | "High" | "Medium";
  readonly elevation: "TokenElevationTypeDefault" | "TokenElevationTypeFull" | "TokenElevationTypeLimited";
}

export interface Device {
  readonly index: number;
  readonly id: string;
  readonly name: string;
  readonly role: DeviceRole;
  readonly group: string;
  readonly ip: string;
  readonly accounts: Readonly<Record<AccountKind, Account>>;
  /** High bits of process ids that are unique over restarts; from boot 32 on these ids pass 2^53. */
  readonly boot: number;
}

export const domainSuffix = "corp.example.test";
const givenNames =
  "anna ben chloé dana elif farid gül hana ivan jörg katrin liam mei nora omar petra quinn rosa søren tomas".split(" ");
const familyNames =
  "adams bauer costa dubois evans fischer garcía hansen ito jensen kowalski lopez müller nilsson okafor park rossi schmidt tanaka weber".split(
    " ",
  );

export function createDevices(count: number, seed: number): Device[] {
  const random = createRandom(seed, "devices");
  return Array.from({ length: count }, (_, index) => createDevice(index, seed, random));
}

function createDevice(index: number, seed: number, random: Random): Device {
  const role: DeviceRole = index % 20 === 7 ? "build" : index % 10 === 3 ? "server" : "workstation";
  const name = `${{ workstation: "wks", server: "srv", build: "bld" }[role]}-${String(index + 1).padStart(4, "0")}.${domainSuffix}`;
  const branch = role === "workstation" ? pick(random, ["HQ", "HQ", "North", "South"]) : "";
  return {
    index,
    id: digest("sha1", `device/${seed}/${name}`),
    name,
    role,
    group: { workstation: `Workstations ${branch}`, server: "Servers", build: "Build agents" }[role],
    ip: `10.${20 + (index >> 16)}.${(index >> 8) & 255}.${index & 255}`,
    accounts: accountsOf(index, random),
    boot: 3 + random.below(120),
  };
}

function accountsOf(index: number, random: Random): Record<AccountKind, Account> {
  const sid = (offset: number): string => `S-1-5-21-1004336348-1177238915-682003330-${2000 + index * 2 + offset}`;
  const user = `${pick(random, givenNames)}.${pick(random, familyNames)}`;
  const own = { domain: "corp", sessionId: 1 } as const;
  return {
    system: builtIn("system", "system", "S-1-5-18", 999),
    localService: builtIn("localService", "local service", "S-1-5-19", 997),
    networkService: builtIn("networkService", "network service", "S-1-5-20", 996),
    user: {
      ...own,
      kind: "user",
      name: user,
      sid: sid(0),
      upn: `${user}@example.test`,
      logonId: 300_000 + random.below(400_000_000),
      integrity: "Medium",
      elevation: "TokenElevationTypeLimited",
    },
    admin: {
      ...own,
      kind: "admin",
      name: `adm.${user.split(".")[1] ?? user}`,
      sid: sid(1),
      upn: null,
      logonId: 300_000 + random.below(400_000_000),
      integrity: "High",
      elevation: "TokenElevationTypeFull",
    },
  };
}

function builtIn(kind: AccountKind, name: string, sid: string, logonId: number): Account {
  const integrity = { integrity: "System", elevation: "TokenElevationTypeDefault" } as const;
  return { kind, domain: "nt authority", name, sid, upn: null, logonId, sessionId: 0, ...integrity };
}
