// Writes packages/store/catalogue.json, the facts about every known table:
//   npm run catalogue -- <tables.json>
// In: {renamed: {old: new}, tables: [{name, open?, sentinel?: {column: type}, xdr?: {column: type}}]}.
// Out: {renamed, tables: [[name, open, "column:type,column:type,…"], …]}, both shapes of a table as one.
import { readFileSync, writeFileSync } from "node:fs";

const [source] = process.argv.slice(2);
if (source === undefined) {
  console.error("usage: npm run catalogue -- <tables.json>");
  process.exit(3);
}
const { renamed, tables } = JSON.parse(readFileSync(source, "utf8"));
const times = ["Timestamp", "TimeGenerated"];

/** Columns in the order in which people read them: times, the Defender shape, what only Sentinel has. */
function columnsOf({ xdr = {}, sentinel = {} }) {
  const both = { ...sentinel, ...xdr };
  const defender = Object.keys(xdr).length > 0 && "Timestamp" in xdr;
  if (defender) for (const time of times) both[time] ??= "datetime";
  const names = [...times.filter((name) => name in both), ...Object.keys(xdr), ...Object.keys(sentinel)];
  return [...new Set(names)].map((name) => [name, typeOf(xdr[name], sentinel[name], both[name])]);
}

function typeOf(xdr, sentinel, either) {
  return xdr === "dynamic" || sentinel === "dynamic" ? "dynamic" : (xdr ?? sentinel ?? either);
}

const rows = tables
  .map((table) => [
    table.name,
    table.open === true ? 1 : 0,
    columnsOf(table)
      .map((pair) => pair.join(":"))
      .join(","),
  ])
  .sort((a, b) => (a[0] < b[0] ? -1 : 1));
const lines = rows.map((row) => JSON.stringify(row));
writeFileSync(
  new URL("../../packages/store/catalogue.json", import.meta.url),
  `{"renamed":${JSON.stringify(renamed)},"tables":[\n${lines.join(",\n")}\n]}\n`,
);
console.log(`${rows.length} tables`);
