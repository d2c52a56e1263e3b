import { versionNumber } from "../../values/version.ts";
import { type HostFunction, hostFunction } from "./define.ts";
import { xmlToJson } from "./xml.ts";

export const parsers: readonly HostFunction[] = [
  hostFunction("goshawk_parse_csv", ["VARCHAR"], "VARCHAR", (text) => JSON.stringify(firstRecord(String(text)))),
  hostFunction("goshawk_command_line", ["VARCHAR", "VARCHAR"], "VARCHAR", (text, kind) =>
    String(kind).toLowerCase() === "windows" && String(text) !== "" ? JSON.stringify(commandLine(String(text))) : null,
  ),
  hostFunction("goshawk_parse_xml", ["VARCHAR"], "VARCHAR", (text) => xmlToJson(String(text)) ?? null),
  hostFunction("goshawk_parse_version", ["VARCHAR"], "VARCHAR", (text) => versionNumber(String(text)) ?? null),
];

function firstRecord(text: string): readonly string[] {
  const cells: string[] = [];
  let cell = "";
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? "";
    if (quoted && char === '"' && text[at + 1] === '"') {
      cell += '"';
      at++;
    } else if (char === '"') quoted = !quoted;
    else if (quoted) cell += char;
    else if (char === ",") {
      cells.push(cell);
      cell = "";
    } else if (char === "\n" || char === "\r") break;
    else cell += char;
  }
  return [...cells, cell];
}

/** The rules of CommandLineToArgvW: backslashes count only before a quote. */
function commandLine(text: string): readonly string[] {
  const args: string[] = [];
  let arg: string | undefined;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? "";
    if (char === "\\") {
      const run = /^\\+/.exec(text.slice(at))?.[0].length ?? 1;
      const before = text[at + run] === '"';
      arg = (arg ?? "") + "\\".repeat(before ? Math.floor(run / 2) : run);
      at += run - 1;
      if (before && run % 2 === 1) {
        arg += '"';
        at++;
      }
    } else if (char === '"') {
      quoted = !quoted;
      arg ??= "";
    } else if (!quoted && /\s/.test(char)) {
      if (arg !== undefined) args.push(arg);
      arg = undefined;
    } else arg = (arg ?? "") + char;
  }
  return arg === undefined ? args : [...args, arg];
}
