import { addressKind } from "../addresses.ts";
import { sysmonInitiator, sysmonProcess } from "../processes.ts";
import { data, device, type EventTable, fileName, number, security, sysmon } from "../table.ts";

const outgoing = `lower(${data("Initiated")}) = 'true'`;
/** The address of either end, the device's own being the source of what it began itself. */
const remote = (part: string): string =>
  `case when ${outgoing} then ${data(`Destination${part}`)} else ${data(`Source${part}`)} end`;
const local = (part: string): string =>
  `case when ${outgoing} then ${data(`Source${part}`)} else ${data(`Destination${part}`)} end`;

const leaving = `${data("Direction")} = '%%14593'`;
const far = `case when ${leaving} then ${data("DestAddress")} else ${data("SourceAddress")} end`;
const near = `case when ${leaving} then ${data("SourceAddress")} else ${data("DestAddress")} end`;
const protocols = `case ${data("Protocol")} when '1' then 'Icmp' when '6' then 'Tcp' when '17' then 'Udp' when '58' then 'IcmpV6' else ${data("Protocol")} end`;

/** Connections: Sysmon 3, and Security 5156 of hosts whose Sysmon logs none. */
export const networkEvents: EventTable = {
  table: "DeviceNetworkEvents",
  branches: [
    {
      where: sysmon(3),
      process: sysmonProcess,
      columns: {
        ...device,
        ActionType: `case when ${outgoing} then 'ConnectionSuccess' else 'InboundConnectionAccepted' end`,
        RemoteIP: remote("Ip"),
        RemotePort: remote("Port"),
        RemoteUrl: remote("Hostname"),
        LocalIP: local("Ip"),
        LocalPort: local("Port"),
        Protocol: `upper(${data("Protocol")}[1]) || lower(${data("Protocol")}[2:])`,
        LocalIPType: addressKind(local("Ip")),
        RemoteIPType: addressKind(remote("Ip")),
        ...sysmonInitiator,
      },
    },
    {
      where: `${security(5156)} and e.host not in (select host from connected)`,
      columns: {
        ...device,
        ActionType: `case when ${leaving} then 'ConnectionSuccess' else 'InboundConnectionAccepted' end`,
        RemoteIP: far,
        RemotePort: `case when ${leaving} then ${data("DestPort")} else ${data("SourcePort")} end`,
        LocalIP: near,
        LocalPort: `case when ${leaving} then ${data("SourcePort")} else ${data("DestPort")} end`,
        Protocol: protocols,
        LocalIPType: addressKind(near),
        RemoteIPType: addressKind(far),
        InitiatingProcessFileName: `lower(${fileName(data("Application"))})`,
        InitiatingProcessFolderPath: `lower(${data("Application")})`,
        InitiatingProcessId: number(`coalesce(${data("ProcessID")}, ${data("ProcessId")})`),
      },
    },
  ],
};
