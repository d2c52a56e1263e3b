const NAMESPACE = "http://schemas.microsoft.com/win/2004/08/events/event";

/** Few texts have anything to escape: one look spares them the copies. */
function escaped(text: string): string {
  return `case when regexp_matches(${text}, '[&<>"]') then replace(replace(replace(replace(${text}, '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;') else ${text} end`;
}

/** A name without the mark that tells values of one name apart. */
const name = "case when contains(d.key, '#') then regexp_replace(d.key, '#[0-9]+$', '') else d.key end";
const value = escaped("coalesce(d.value, '')");
const inData = `case when ${name} = '' then '<Data>' else '<Data Name="' || ${escaped(name)} || '">' end || ${value} || '</Data>'`;
const inElements = `case when regexp_full_match(${name}, '[A-Za-z_][A-Za-z0-9_.-]*') then '<' || ${name} || '>' || ${value} || '</' || ${name} || '>' else ${inData} end`;

function joined(item: string): string {
  return `array_to_string(list_transform(map_entries(e.data), lambda d: ${item}), '')`;
}

/** SQL of an event's data as XML, in their order. */
export const eventDataXml: string = `case when coalesce(e.section, 'EventData') = 'EventData' or not regexp_full_match(e.section, '[A-Za-z_][A-Za-z0-9_.-]*') then '<EventData xmlns="${NAMESPACE}">' || ${joined(inData)} || '</EventData>' else '<UserData><' || e.section || '>' || ${joined(inElements)} || '</' || e.section || '></UserData>' end`;

/** SQL of the values alone. */
export const parametersXml: string = joined(`'<Param>' || ${value} || '</Param>'`);

/** SQL of the data as a JSON object of strings; values without a name are `param1`, `param2`, …. */
export const eventDataBag: string = `'{' || array_to_string(list_transform(map_entries(e.data), lambda d: cast(to_json(case when starts_with(d.key, '#') then 'param' || substr(d.key, 2) else replace(d.key, '#', '_') end) as VARCHAR) || ':' || cast(to_json(coalesce(d.value, '')) as VARCHAR)), ',') || '}'`;
