const word = /[\p{L}\p{N}]/u;

/**
 * Whether a text has another in it as KQL's `has` sees it: in any letter case, and not as a part of longer words.
 * Written for the signers that are planted here, which all begin and end with a letter, a digit, a dot or a bracket.
 */
export function hasTerm(text: string, term: string): boolean {
  const where = text.toLowerCase();
  const what = term.toLowerCase();
  for (let at = where.indexOf(what); at >= 0; at = where.indexOf(what, at + 1)) {
    const before = where.charAt(at - 1);
    const behind = where.charAt(at + what.length);
    const opens = !word.test(before) || !word.test(what.charAt(0));
    const closes = !word.test(behind) || !word.test(what.charAt(what.length - 1));
    if (opens && closes) return true;
  }
  return false;
}
