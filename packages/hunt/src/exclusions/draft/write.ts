import { stringify } from "yaml";
import type { DraftedExclusion } from "./draft.ts";

/** What all drafts of a page have in common. */
export interface DraftsOf {
  readonly ruleId: string;
  readonly table: string;
  readonly owner: string;
  /** As `2026-11-24`. */
  readonly created: string;
}

/** Drafts as a file of exclusions, each with what is odd about it in comments. */
export function draftsText(drafts: readonly DraftedExclusion[], { ruleId, table, owner, created }: DraftsOf): string {
  const entries = drafts.map((draft) => {
    const entry = {
      id: draft.id,
      scenario: draft.scenario,
      rules: [ruleId],
      table,
      when: draft.when ?? draft.written,
      ...(draft.evidenceTable === undefined
        ? {}
        : { evidence: { table: draft.evidenceTable, on: ["DeviceId", "SHA1"], lookback: "5d" } }),
      owner,
      reason: "to be said",
      created,
    };
    const comments = [`As written: ${draft.written}`, ...odditiesOf(draft)].map((line) => `  # ${oneLine(line)}\n`);
    const body = stringify([entry], { lineWidth: 0 }).replace(/^(?=.)/gm, "  ");
    return `${comments.join("")}${body}`;
  });
  return `exclusions:\n${entries.join("\n")}`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}

/** What a person must look at before the draft can be trusted. */
export function odditiesOf(draft: DraftedExclusion): readonly string[] {
  const lines: string[] = [];
  if (draft.when === undefined) lines.push("the expression can't be read as a condition; write 'when' by hand");
  if (draft.unknown.length > 0)
    lines.push(`no table at hand has ${draft.unknown.join(", ")}; name the columns by hand`);
  if (draft.polarity === "keep") lines.push("it reads like what to keep reporting (meaning: keep), not what to drop");
  if (draft.polarity === "mixed" && draft.when !== undefined)
    lines.push(
      "it mixes what sounds like dropping (==) with what sounds like keeping (!=): decide by what each reading hides",
    );
  for (const value of draft.placeholders) lines.push(`'${value}' is a placeholder: put the value there`);
  if (draft.bypass !== undefined) lines.push(`as drop it lets through ${draft.bypass}, which an attacker can choose`);
  return lines;
}
