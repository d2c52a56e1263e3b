import type { Device } from "../model/device.ts";
import type { ProcessFact } from "../model/process.ts";
import type { PlannedEvent } from "../plan/plant.ts";
import type { TableName } from "../tables.ts";
import type { RenderedProcess } from "../write/rendered.ts";
import type { Connection } from "../write/rows.ts";
import type { Emitter } from "./emitter.ts";
import { addressOf } from "./network.ts";
import type { DeviceState } from "./state.ts";
import type { World } from "./world.ts";

export const plannedTable: Readonly<Record<PlannedEvent["kind"], TableName>> = {
  certificate: "DeviceFileCertificateInfo",
  file: "DeviceFileEvents",
  imageLoad: "DeviceImageLoadEvents",
  network: "DeviceNetworkEvents",
  process: "DeviceProcessEvents",
};

/** Writes a planned event and returns its `ReportId`. */
export function emitPlanned(world: World, emitter: Emitter, event: PlannedEvent): number {
  const state = stateOf(world, event.device);
  const { renderer } = world;
  const { writers } = emitter;
  const process = (fact: ProcessFact): RenderedProcess => renderer.process(fact);
  return emitter.emit(plannedTable[event.kind], state, event.tick, (row) => {
    switch (event.kind) {
      case "certificate":
        return writers.certificate(row, renderer.file(event.file));
      case "file":
        return writers.file(row, "FileCreated", renderer.file(event.file), process(event.by));
      case "imageLoad":
        return writers.imageLoad(row, renderer.file(event.file), process(event.by));
      case "process":
        return writers.process(row, process(event.process), process(event.by));
      case "network":
        return writers.network(row, connectionOf(event, state), process(event.by));
    }
  });
}

function connectionOf(event: PlannedEvent & { readonly kind: "network" }, state: DeviceState): Connection {
  const { host, port = 443, ip } = event.target;
  return {
    action: "ConnectionSuccess",
    remoteIp: ip ?? addressOf(host),
    remotePort: port,
    remoteUrl: host,
    localIp: state.device.fact.ip,
    localPort: 49_152 + (event.tick % 16_384),
  };
}

function stateOf(world: World, device: Device): DeviceState {
  const state = world.states[device.index];
  if (state === undefined) throw new RangeError(`device ${device.name} is not part of the estate`);
  return state;
}
