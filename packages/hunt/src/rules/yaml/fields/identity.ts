import { derivedId, isGuid, stemOf } from "../../identity.ts";
import { type Reading, sayProblem, sayRepair } from "../../notes.ts";
import type { Rule } from "../../rule.ts";
import type { Edit } from "../../text/edits.ts";
import type { YamlMap } from "../node.ts";
import type { Fields } from "./canonical.ts";
import { scalarOf } from "./text.ts";

/** What a rule is known by when its file leaves that out. */
export interface Known {
  readonly path: string;
  readonly part: number;
}

/** Id and name, made up from the file's path where the rule has none. */
export function identityOf(
  fields: Fields,
  map: YamlMap,
  known: Known,
  reading: Reading,
): Pick<Rule, "id" | "idOrigin" | "name"> {
  const name = nameOf(fields, map, known, reading);
  const scalar = scalarOf(fields.get("id"), reading);
  const stated = scalar?.text.trim() ?? "";
  if (scalar !== undefined && stated !== "") {
    if (!isGuid(stated)) sayProblem(reading, "id-not-guid", scalar.start, { value: stated });
    return { id: stated, idOrigin: "file", name };
  }
  const id = derivedId(known.path, name);
  sayRepair(reading, "missing-id", map.start, { id }, [setKey(fields, map, "id", id, reading)]);
  return { id, idOrigin: "derived", name };
}

function nameOf(fields: Fields, map: YamlMap, known: Known, reading: Reading): string {
  const stated = scalarOf(fields.get("name"), reading)?.text.trim() ?? "";
  if (stated !== "") return stated;
  const name = known.part > 1 ? `${stemOf(known.path)} (${known.part})` : stemOf(known.path);
  sayRepair(reading, "missing-name", map.start, { name }, [setKey(fields, map, "name", JSON.stringify(name), reading)]);
  return name;
}

/** Gives an empty key its value, or puts the key first in the mapping. */
function setKey(fields: Fields, map: YamlMap, key: string, value: string, reading: Reading): Edit {
  const entry = fields.get(key);
  if (entry !== undefined) {
    const colon = reading.source.text.indexOf(":", entry.keyEnd) + 1;
    return { start: colon, end: Math.max(colon, entry.value.end), text: ` ${value}` };
  }
  if (map.flow)
    return { start: map.start + 1, end: map.start + 1, text: `${JSON.stringify(key)}: ${JSON.stringify(value)}, ` };
  const lineStart = reading.source.text.lastIndexOf("\n", map.start - 1) + 1;
  const margin = reading.source.text.slice(lineStart, map.start);
  return { start: map.start, end: map.start, text: `${key}: ${value}\n${margin}` };
}
