const operators =
  "where|filter|project|project-away|project-keep|project-rename|project-reorder|extend|summarize|join|lookup|union|sort|order|top|take|limit|count|distinct|mv-expand|mvexpand|mv-apply|parse|parse-where|parse-kv|evaluate|invoke|make-series|render|sample|search|serialize|getschema|as|scan|partition|reduce|facet|fork|consume|find";

const pipe = new RegExp(String.raw`\|\s*(?:${operators})\b`);
const opening =
  /^(?:let\s+\w+\s*=|print\s|union\s|search\s|find\s|range\s+\w+\s+from\s|datatable\s*\(|externaldata\s*\(|declare\s)/m;

/** Whether a text of unstated kind is KQL: it pipes into an operator, or opens as only KQL does. */
export function looksLikeKql(text: string): boolean {
  const code = text.replaceAll(/^\s*\/\/.*$/gm, "");
  return pipe.test(code) || (opening.test(code) && !/^\s*(?:[-*] |# )/m.test(code));
}

/** Whether anything is left of a text without its comments. */
export function hasCode(text: string): boolean {
  return text.split(/\r\n|\n|\r/).some((line) => line.trim() !== "" && !line.trim().startsWith("//"));
}
