import { type Reading, sayRepair } from "../../notes.ts";
import { sourceLines } from "../sourceLines.ts";

const unquoted = /^( *(?:- +)?(?:[A-Za-z_][\w-]*: +)?)(\{\{.*\}\}.*)$/;

/** Quotes a value that begins with `{{Column}}`. */
export function quotePlaceholders(reading: Reading): void {
  for (const { text, start, block } of sourceLines(reading.source.text)) {
    const [, before = "", value = ""] = (block === undefined && unquoted.exec(text.trimEnd())) || [];
    if (value === "" || before.trim() === "") continue;
    const at = start + before.length;
    const edit = { start: at, end: at + value.length, text: JSON.stringify(value) };
    sayRepair(reading, "unquoted-placeholder", at, { text: value }, [edit]);
  }
}
