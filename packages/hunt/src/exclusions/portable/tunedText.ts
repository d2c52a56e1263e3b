import type { Rule } from "../../rules/rule.ts";
import type { Exclusion } from "../exclusion.ts";
import { type EventTime, narrowing } from "../narrowing.ts";
import { inlined } from "./inline.ts";

export const tunedForms = ["let", "inline"] as const;
/** `let` narrows the table before the rule's text, which stays as it is; `inline` narrows it where the text names it. */
export type TunedForm = (typeof tunedForms)[number];

/** A rule with exclusions as KQL that needs nothing else; undefined where the form does not fit the rule. */
export function tunedText(
  rule: Rule,
  exclusions: readonly Exclusion[],
  form: TunedForm,
  eventTime: EventTime,
): string | undefined {
  const text =
    form === "let" ? `${narrowing(exclusions, eventTime)}${rule.query}` : inlined(rule.query, exclusions, eventTime);
  return text === undefined ? undefined : `${heading(rule, exclusions)}${text}`;
}

function heading(rule: Rule, exclusions: readonly Exclusion[]): string {
  const lines = [
    `${rule.name} (${rule.id}), tuned:`,
    ...exclusions.map(({ id, owner, expires, reason }) => `${id}, owner ${owner}, until ${expires}: ${reason}`),
  ];
  return lines.map((line) => `// ${oneLine(line)}\n`).join("");
}

/** A comment ends where its line does, whichever character ends it. */
function oneLine(text: string): string {
  return text.replaceAll(/[\s\u0085\u2028\u2029]+/g, " ");
}
