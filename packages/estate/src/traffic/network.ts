import { domainSuffix } from "../model/device.ts";
import { digest } from "../model/file.ts";
import { pick, type Random } from "../random.ts";
import type { RenderedProcess } from "../write/rendered.ts";
import type { Connection } from "../write/rows.ts";
import type { Emitter } from "./emitter.ts";
import { earlier, residentProcess } from "./processes.ts";
import type { DeviceState } from "./state.ts";
import type { World } from "./world.ts";

interface Call {
  readonly host: string;
  readonly port: number;
  readonly by: RenderedProcess;
}

const internalServices: readonly { readonly host: string; readonly port: number }[] = [
  { host: `dc01.${domainSuffix}`, port: 389 },
  { host: `dc01.${domainSuffix}`, port: 88 },
  { host: `dc02.${domainSuffix}`, port: 53 },
  { host: `fs01.${domainSuffix}`, port: 445 },
  { host: `wsus01.${domainSuffix}`, port: 8530 },
  { host: `proxy01.${domainSuffix}`, port: 8080 },
];

export function connect(world: World, emitter: Emitter, state: DeviceState, tick: number): void {
  const call = outwardCall(world, state) ?? inwardCall(world, state);
  const connection = openConnection(world.random, state, call);
  emitter.emit("DeviceNetworkEvents", state, tick, (row) => emitter.writers.network(row, connection, call.by));
}

/** A program calls home, if it is one that does. */
function outwardCall(world: World, state: DeviceState): Call | undefined {
  for (let attempt = 0; attempt < 3; attempt++) {
    const slot = earlier(world, state.running);
    const { hosts } = slot.program.launch;
    if (slot.run === undefined || hosts.length === 0) continue;
    return { host: pick(world.random, hosts), port: 443, by: slot.run };
  }
  return undefined;
}

function inwardCall(world: World, state: DeviceState): Call {
  return { ...pick(world.random, internalServices), by: residentProcess(world, state) };
}

function openConnection(random: Random, state: DeviceState, call: Call): Connection {
  const chance = random.fraction();
  const localIp = state.device.fact.ip;
  const localPort = 49_152 + random.below(16_384);
  if (chance < 0.015) {
    return {
      action: "ListeningConnectionCreated",
      remoteIp: null,
      remotePort: null,
      remoteUrl: null,
      localIp,
      localPort,
    };
  }
  const action = chance < 0.82 ? "ConnectionSuccess" : chance < 0.95 ? "ConnectionRequest" : "ConnectionFailed";
  const remoteUrl = random.below(9) === 0 ? null : call.host;
  return { action, remoteIp: addressOf(call.host), remotePort: call.port, remoteUrl, localIp, localPort };
}

const addresses = new Map<string, string>();

/** Addresses set aside for tests (198.18.0.0/15), so that no real host is accused; inside hosts are in 10.10.0.0/24. */
export function addressOf(host: string): string {
  const known = addresses.get(host);
  if (known !== undefined) return known;
  const number = Number.parseInt(digest("md5", host).slice(0, 6), 16);
  const address = host.endsWith(domainSuffix)
    ? `10.10.0.${1 + (number % 250)}`
    : `198.${18 + ((number >> 16) & 1)}.${(number >> 8) & 255}.${1 + (number % 250)}`;
  addresses.set(host, address);
  return address;
}
