import { type Reading, sayProblem } from "../../notes.ts";
import type { Rule } from "../../rule.ts";
import { codePointName, forbidden } from "../../text/controls.ts";
import { originOf } from "../../text/origin.ts";
import type { YamlMap, YamlScalar } from "../node.ts";
import { described, isNull } from "../node.ts";
import { scalarStretches } from "../scalarOrigin.ts";
import type { Fields } from "./canonical.ts";

/** The query's text and where it stands; a problem where there is none. */
export function queryOf(
  fields: Fields,
  map: YamlMap,
  reading: Reading,
): Pick<Rule, "query" | "queryOrigin"> | undefined {
  const node = fields.get("query")?.value;
  if (node === undefined) {
    sayProblem(reading, "missing-query", map.start, { kind: statedKind(fields) });
  } else if (isNull(node) || (node.kind === "scalar" && node.text.trim() === "")) {
    sayProblem(reading, "empty-query", node.start, {});
  } else if (node.kind !== "scalar") {
    sayProblem(reading, "missing-query", node.start, { kind: `rule, whose 'query' is ${described(node)},` });
  } else return readQuery(node, reading);
  return undefined;
}

function readQuery(scalar: YamlScalar, reading: Reading): Pick<Rule, "query" | "queryOrigin"> {
  const queryOrigin = originOf(scalarStretches(scalar, reading.source.text), reading.source, reading.notes.lineStarts);
  keepControls(scalar, reading);
  return { query: scalar.text, queryOrigin };
}

/** YAML can hold a control character only as an escape in double quotes. */
function keepControls(scalar: YamlScalar, reading: Reading): void {
  const written = reading.source.text.slice(scalar.start, scalar.end);
  const [found] = written.matchAll(forbidden);
  if (found === undefined) return;
  const code = codePointName(found[0]);
  sayProblem(reading, "control-character-in-query", scalar.start + found.index, { code });
  const escaped = JSON.stringify(scalar.text).replace(forbidden, (character) => {
    return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`;
  });
  const end = scalar.style === "literal" || scalar.style === "folded" ? "\n" : "";
  reading.edits.push({ start: scalar.start, end: scalar.end, text: escaped + end });
}

function statedKind(fields: Fields): string {
  const kind = fields.get("kind")?.value;
  return kind?.kind === "scalar" && kind.text !== "" ? `${kind.text} rule` : "rule";
}
