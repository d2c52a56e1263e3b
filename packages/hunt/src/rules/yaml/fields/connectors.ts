import type { Reading } from "../../notes.ts";
import type { Connector } from "../../rule.ts";
import { isNull, type YamlNode } from "../node.ts";
import { type Fields, sayKey } from "./canonical.ts";
import { sayWrongType, scalarOf, textsOf } from "./text.ts";

const key = "requiredDataConnectors";

/** The connectors that the rule's data come from, with their tables. */
export function connectorsOf(fields: Fields, reading: Reading): readonly Connector[] {
  const node = fields.get(key)?.value;
  if (node === undefined || isNull(node)) return [];
  if (node.kind === "list") return node.items.flatMap((item) => connector(item, reading));
  sayWrongType(reading, key, "a list of 'connectorId' and 'dataTypes'", node);
  return [];
}

function connector(item: YamlNode, reading: Reading): readonly Connector[] {
  if (item.kind !== "map") {
    sayWrongType(reading, key, "a list of 'connectorId' and 'dataTypes'", item);
    return [];
  }
  const id = scalarOf(
    item.entries.find((entry) => entry.key === "connectorId"),
    reading,
  );
  const types = item.entries.find((entry) => entry.key.toLowerCase() === "datatypes");
  if (types !== undefined && types.key !== "dataTypes") sayKey(reading, types, "dataTypes");
  return [{ connectorId: id?.text ?? "", dataTypes: textsOf(types, reading).map(({ text }) => text) }];
}
