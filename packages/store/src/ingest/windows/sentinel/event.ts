import { eventDataXml, parametersXml } from "../eventXml.ts";
import type { EventTable } from "../table.ts";
import { levelName, whole } from "./levels.ts";

const wellKnown =
  "case e.sid when 'S-1-5-18' then 'NT AUTHORITY\\SYSTEM' when 'S-1-5-19' then 'NT AUTHORITY\\LOCAL SERVICE' when 'S-1-5-20' then 'NT AUTHORITY\\NETWORK SERVICE' else e.sid end";

/** Events of all channels but Security, as the Log Analytics agent writes them. */
export const event: EventTable = {
  table: "Event",
  branches: [
    {
      where: "e.kind <> 'security'",
      columns: {
        TimeGenerated: "e.time",
        Computer: "e.computer",
        EventLog: "e.channel",
        Source: "e.provider",
        EventID: "e.id",
        EventLevel: "e.level",
        EventLevelName: levelName,
        EventCategory: whole("e.task"),
        RenderedDescription: "e.message",
        EventData: `'<DataItem type="System.XmlData" time="' || coalesce(e.time, '') || '">' || ${eventDataXml} || '</DataItem>'`,
        ParameterXml: parametersXml,
        UserName: `coalesce(e.login, ${wellKnown})`,
        SourceSystem: "'OpsManager'",
        Type: "'Event'",
      },
    },
  ],
};
