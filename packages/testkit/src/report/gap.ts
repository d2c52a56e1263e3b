import type { VerdictKind } from "../conformance/verdict.ts";

/** Why an expectation is not met; `tie`: the language leaves it open which row comes first or is kept. */
export type GapKind = "refused" | "tie" | "documentation-wrong" | "oracle-wrong";

/** The verdict that each reason accounts for. A wrong answer of our own has no kind: it is refused, or mended. */
export const gapKinds: { readonly [K in GapKind]: VerdictKind } = {
  refused: "refused",
  tie: "wrong",
  "documentation-wrong": "wrong",
  "oracle-wrong": "wrong",
};

/** An expected failure, with its reason. */
export interface KnownGap {
  /** The id of a record or case; a `*` at its end stands for any rest. */
  readonly id: string;
  readonly kind: GapKind;
  readonly cause: string;
  readonly issue?: number;
}

export function gapCovers(gap: KnownGap, id: string): boolean {
  return gap.id.endsWith("*") ? id.startsWith(gap.id.slice(0, -1)) : gap.id === id;
}
