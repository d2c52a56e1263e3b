import { eventDataBag } from "../eventXml.ts";
import type { EventTable } from "../table.ts";
import { levelName, whole } from "./levels.ts";

/** The same events as the Azure Monitor agent writes them. */
export const windowsEvent: EventTable = {
  table: "WindowsEvent",
  branches: [
    {
      where: "e.kind <> 'security'",
      columns: {
        TimeGenerated: "e.time",
        Computer: "e.computer",
        Provider: "e.provider",
        Channel: "e.channel",
        EventID: "e.id",
        EventLevel: "e.level",
        EventLevelName: levelName,
        EventData: eventDataBag,
        EventRecordId: "e.record",
        SystemProcessId: whole("e.pid"),
        SystemThreadId: whole("e.tid"),
        SystemUserId: "e.sid",
        Task: whole("e.task"),
        Opcode: "e.opcode",
        Keywords: "e.keywords",
        Version: whole("e.version"),
        Correlation: "e.correlation",
        SourceSystem: "'OpsManager'",
        Type: "'WindowsEvent'",
      },
    },
  ],
};
