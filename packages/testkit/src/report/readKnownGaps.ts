import { type FileProblem, readItems } from "../read/yamlList.ts";
import { requireKeys, requireMapping, requireText } from "../read/yamlValue.ts";
import { type GapKind, gapKinds, type KnownGap } from "./gap.ts";

export interface KnownGaps {
  readonly gaps: readonly KnownGap[];
  readonly problems: readonly FileProblem[];
}

/** The known gaps in a YAML file; an entry that cannot be read, or repeats an id, is a problem at its line. */
export async function readKnownGaps(file: string): Promise<KnownGaps> {
  const { items, problems } = await readItems(file, gapOf);
  const repeated = items.filter((item, index) => items.findIndex(({ id }) => id === item.id) < index);
  const repeats = repeated.map(({ id, line }) => ({ file, line, message: `'${id}' is listed twice` }));
  return { gaps: items.map(({ line, ...gap }) => gap), problems: [...problems, ...repeats] };
}

function gapOf(value: unknown): KnownGap {
  const fields = requireMapping(value, "a gap");
  requireKeys(fields, ["id", "kind", "cause", "issue"], "a gap");
  const issue = fields.get("issue");
  if (issue !== undefined && typeof issue !== "bigint") throw new Error("'issue' should be a number");
  return {
    id: idOf(requireText(fields, "id")),
    kind: kindOf(requireText(fields, "kind")),
    cause: requireText(fields, "cause"),
    ...(issue === undefined ? {} : { issue: Number(issue) }),
  };
}

function idOf(id: string): string {
  const star = id.indexOf("*");
  if (star === 0) throw new Error("'id' covers everything: name at least the source");
  if (star > 0 && star < id.length - 1) throw new Error("'id' may hold a '*' at its end only");
  return id;
}

function kindOf(kind: string): GapKind {
  if (Object.hasOwn(gapKinds, kind)) return kind as GapKind;
  throw new Error(`unknown kind '${kind}'; expected ${Object.keys(gapKinds).join(", ")}`);
}
