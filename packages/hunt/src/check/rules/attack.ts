import { nearest } from "@goshawk/kql";
import { attackCatalogue } from "../../attack/catalogue.ts";
import { shown } from "../../rules/text/shown.ts";
import { keyStretch, problem, type RuleCheck, type RuleContext } from "../context.ts";
import { wordIn } from "../places.ts";
import type { CheckProblem } from "../problem.ts";

/** Tactics that Sentinel takes beside those of the Enterprise matrix. */
const further = new Set(["PreAttack", "ImpairProcessControl", "InhibitResponseFunction"]);
/** Techniques of the matrix for industrial control systems; they are not in the catalogue. */
const industrial = /^T0\d{3}(\.\d{3})?$/;

/** Tactics and techniques that ATT&CK doesn't have, or no longer. */
export const attack: RuleCheck = (context) => [...tactics(context), ...techniques(context)];

function tactics(context: RuleContext): readonly CheckProblem[] {
  const known = new Map(attackCatalogue().tactics.map(({ key }) => [key.toLowerCase(), key]));
  const { rule, file } = context;
  return rule.tactics.flatMap((tactic, index) => {
    const folded = tactic.replaceAll(/[\s_-]/g, "").toLowerCase();
    const key = known.get(folded);
    if (key === tactic || further.has(tactic)) return [];
    const word = wordIn(tactic, rule.attackPlaces.tactics[index], file);
    const at = word ?? keyStretch(context, "tactics");
    if (key !== undefined) {
      const fix = word === undefined ? {} : { fix: [{ start: word.from, end: word.to, text: key }] };
      return [
        problem(context, "tactic-spelling", at, {
          message: `The tactic '${shown(tactic)}' is written '${key}'.`,
          ...fix,
        }),
      ];
    }
    const close = nearest(tactic, known.values());
    const next =
      close.length === 0 ? `Name one of ATT&CK ${attackCatalogue().version}.` : `Did you mean ${close.join(" or ")}?`;
    return [problem(context, "unknown-tactic", at, { message: `'${shown(tactic)}' is no tactic of ATT&CK.`, next })];
  });
}

function techniques(context: RuleContext): readonly CheckProblem[] {
  const { rule, file } = context;
  const { revoked, deprecated, techniques: known, version } = attackCatalogue();
  const key = rule.keys.relevantTechniques === undefined ? "techniques" : "relevantTechniques";
  return rule.techniques.flatMap((id, index): readonly CheckProblem[] => {
    const word = wordIn(id, rule.attackPlaces.techniques[index], file);
    const at = word ?? keyStretch(context, key);
    const successor = revoked.get(id);
    if (successor !== undefined) {
      const name = known.get(successor)?.name ?? "";
      const message = `The technique ${id} was revoked; ${successor} (${name}) took its place.`;
      const fix = word === undefined ? {} : { fix: [{ start: word.from, end: word.to, text: successor }] };
      return [problem(context, "revoked-technique", at, { message, next: `Write ${successor}.`, ...fix })];
    }
    if (deprecated.has(id))
      return [
        problem(context, "deprecated-technique", at, {
          message: `The technique ${id} is deprecated, and none took its place.`,
          next: "Look for the technique that fits what the rule finds.",
        }),
      ];
    const technique = known.get(id);
    if (technique === undefined) {
      if (industrial.test(id)) return [];
      const message = `${id} is no technique of ATT&CK ${version} (Enterprise).`;
      const parent = known.get(id.slice(0, 5));
      const next =
        parent === undefined
          ? "Check the id."
          : `${parent.id} is ${parent.name}; it has no sub-technique of that number.`;
      return [problem(context, "unknown-technique", at, { message, next })];
    }
    if (rule.tactics.length === 0 || technique.tactics.some((tactic) => rule.tactics.some((own) => same(own, tactic))))
      return [];
    const message = `${id} (${technique.name}) serves ${technique.tactics.join(", ")}, none of which the rule names.`;
    return [
      problem(context, "technique-without-tactic", at, { message, next: "Add the tactic, or name another technique." }),
    ];
  });
}

function same(a: string, b: string): boolean {
  return a.replaceAll(/[\s_-]/g, "").toLowerCase() === b.toLowerCase();
}
