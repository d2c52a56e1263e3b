// Writes packages/store/catalogue.json, the facts about every known table:
//   npm run catalogue -- <tables.json>
// Columns that additions.json names are added.
// In: {renamed: {old: new}, tables: [{name, open?, sentinel?: {column: type}, xdr?: {column: type}}]}.
// Out: {renamed, tables: [[name, flags, "column:type,column:type,…"], …]}, both shapes of a table as one.
import { readFileSync, writeFileSync } from "node:fs";

const [source] = process.argv.slice(2);
if (source === undefined) {
  console.error("usage: npm run catalogue -- <tables.json>");
  process.exit(3);
}
const { renamed, tables: published } = JSON.parse(readFileSync(source, "utf8"));
const additions = JSON.parse(readFileSync(new URL("additions.json", import.meta.url), "utf8")).sentinel;
const tables = published.map((table) => ({ ...table, sentinel: { ...table.sentinel, ...additions[table.name] } }));
const times = ["Timestamp", "TimeGenerated"];

/** Columns in the order in which people read them: times, the Defender shape, what only Sentinel has. */
function columnsOf({ xdr = {}, sentinel = {} }) {
  const both = { ...sentinel, ...xdr };
  if (isDefender({ xdr })) for (const time of times) both[time] ??= "datetime";
  const names = [...times.filter((name) => name in both), ...Object.keys(xdr), ...Object.keys(sentinel)];
  return [...new Set(names)].map((name) => [name, typeOf(xdr[name], sentinel[name], both[name])]);
}

function isDefender({ xdr = {} }) {
  return Object.keys(xdr).length > 0;
}

function typeOf(xdr, sentinel, either) {
  return xdr === "dynamic" || sentinel === "dynamic" ? "dynamic" : (xdr ?? sentinel ?? either);
}

/** 1: open; 2: a Defender table. */
function flagsOf(table) {
  return (table.open === true ? 1 : 0) + (isDefender(table) ? 2 : 0);
}

const rows = tables
  .map((table) => [
    table.name,
    flagsOf(table),
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
