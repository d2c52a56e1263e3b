import { type Reading, sayProblem } from "../../notes.ts";
import { isNull, type YamlEntry, type YamlScalar } from "../node.ts";
import type { Fields } from "./canonical.ts";
import { sayValue, textsOf } from "./text.ts";

/** A technique's id, and the text that names it. */
interface Named {
  readonly id: string;
  readonly scalar: YamlScalar;
}

/** The entry that names techniques. */
export function techniquesEntry(fields: Fields): YamlEntry | undefined {
  return fields.get("relevantTechniques") ?? fields.get("techniques");
}

/** The ids of ATT&CK techniques that look like one; whether there is such a technique is not asked here. */
export function techniquesOf(fields: Fields, reading: Reading): readonly Named[] {
  const entry = withoutNulls(techniquesEntry(fields), reading);
  const listed = entry?.value.kind === "list";
  return textsOf(entry, reading).flatMap((scalar) => {
    const id = scalar.text.trim().toUpperCase();
    if (!/^T\d{4}(\.\d{3})?$/.test(id)) {
      sayProblem(reading, "not-a-technique", scalar.start, { value: scalar.text });
      return [];
    }
    if (id !== scalar.text && listed) sayValue(reading, "technique", scalar, id);
    return [{ id, scalar }];
  });
}

function withoutNulls(entry: YamlEntry | undefined, reading: Reading): YamlEntry | undefined {
  if (entry?.value.kind !== "list") return entry;
  const [empty] = entry.value.items.filter(isNull);
  if (empty !== undefined) sayProblem(reading, "not-a-technique", empty.start, { value: "" });
  return { ...entry, value: { ...entry.value, items: entry.value.items.filter((item) => !isNull(item)) } };
}
