import { quoteText } from "@goshawk/kql";
import { type EventTexts, mapOf, normalSql } from "./events.ts";

/** SQL for a value of `System`: an element that has attributes keeps its text under a key of its own. */
function value(name: string): string {
  const path = `$.Event.System.${name}`;
  return `coalesce(json_extract_string(json, ${quoteText(`${path}."#text"`)}), case when json_type(json, ${quoteText(path)}) <> 'OBJECT' then json_extract_string(json, ${quoteText(path)}) end)`;
}

/** Attributes stand in the element, or beside it where the dump was asked to keep them apart. */
function attribute(name: string, key: string): string {
  const paths = [`${name}."#attributes".${key}`, `${name}_attributes.${key}`];
  return `coalesce(${paths.map((path) => `json_extract_string(json, ${quoteText(`$.Event.System.${path}`)})`).join(", ")})`;
}

const section = "json_keys(json, '$.Event.UserData')[1]";

const texts: EventTexts = {
  time: attribute("TimeCreated", "SystemTime"),
  computer: value("Computer"),
  channel: value("Channel"),
  provider: attribute("Provider", "Name"),
  id: value("EventID"),
  version: value("Version"),
  level: value("Level"),
  task: value("Task"),
  opcode: value("Opcode"),
  keywords: value("Keywords"),
  record: value("EventRecordID"),
  pid: attribute("Execution", "ProcessID"),
  tid: attribute("Execution", "ThreadID"),
  sid: attribute("Security", "UserID"),
  login: "null",
  correlation: attribute("Correlation", "ActivityID"),
  message: "json_extract_string(json, '$.Event.RenderingInfo.Message')",
  section: `case when json_type(json, '$.Event.UserData') = 'OBJECT' then ${section} else 'EventData' end`,
};

/** Events as `evtx_dump` writes them, XML turned into JSON element by element. */
export function evtxDumpEvents(records: string): string {
  const data = `case when json_type(json, '$.Event.UserData') = 'OBJECT' then json_extract(json, '/Event/UserData/' || ${section}) when json_type(json, '$.Event.System') = 'OBJECT' then json_extract(json, '$.Event.EventData') else json end`;
  const map = `select *, from_json(${data}, '"MAP(VARCHAR, VARCHAR)"') as m from ${records}`;
  // `Data` without a name: one text, or the list of them.
  const plain = `case when e.value like '{%' and json_valid(e.value) then coalesce(json_extract_string(e.value, '$."#text"'), e.value) else e.value end`;
  const named = `list_filter(map_entries(m), lambda e: e.key <> '#attributes' and e.key <> 'Data' and not ends_with(e.key, '_attributes'))`;
  const texts2 = `list_transform(${named}, lambda e: {'key': e.key, 'value': ${plain}})`;
  const unnamed = `case when m['Data'] is null then [] when json_valid(m['Data']) and json_type(m['Data'], '$."#text"') = 'ARRAY' then from_json(json_extract(m['Data'], '$."#text"'), '["VARCHAR"]') when json_valid(m['Data']) and json_type(m['Data']) = 'ARRAY' then from_json(m['Data'], '["VARCHAR"]') when json_valid(m['Data']) and json_type(m['Data']) = 'OBJECT' then [json_extract_string(m['Data'], '$."#text"')] else [m['Data']] end`;
  const numbered = `list_transform(unnamed, lambda v, i: {'key': '#' || i, 'value': v})`;
  const from = `(select *, list_concat(coalesce(named, []), ${numbered}) as entries from (select *, ${texts2} as named, ${unnamed} as unnamed from (${map})))`;
  return normalSql(texts, mapOf("entries"), from);
}
