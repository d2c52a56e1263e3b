/** Up to three of `names` that are most like `name`: a few letters apart, or one holding the other, letter case aside. */
export function nearest(name: string, names: Iterable<string>): readonly string[] {
  const wanted = name.toLowerCase();
  const limit = Math.max(2, Math.floor(name.length / 3));
  const close: { readonly name: string; readonly distance: number }[] = [];
  for (const candidate of new Set(names)) {
    const found = likeness(wanted, candidate.toLowerCase(), limit);
    if (found !== undefined) close.push({ name: candidate, distance: found });
  }
  close.sort((a, b) => a.distance - b.distance || a.name.localeCompare(b.name));
  return close.slice(0, 3).map((item) => item.name);
}

/** Holding the other counts as farther than any spelling mistake; short pieces are held by too many names to tell. */
function likeness(wanted: string, candidate: string, limit: number): number | undefined {
  const found = Math.abs(candidate.length - wanted.length) > limit ? limit + 1 : distance(wanted, candidate, limit);
  if (found <= limit) return found;
  const [short, long] = wanted.length < candidate.length ? [wanted, candidate] : [candidate, wanted];
  if (short.length < 4) return undefined;
  return long.endsWith(short) ? limit + 1 : long.includes(short) ? limit + 2 : undefined;
}

/** Levenshtein distance, or `limit + 1` as soon as it must be greater than `limit`. */
function distance(a: string, b: string, limit: number): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      next.push(Math.min((next[j - 1] ?? 0) + 1, (row[j] ?? 0) + 1, (row[j - 1] ?? 0) + same));
    }
    if (Math.min(...next) > limit) return limit + 1;
    row = next;
  }
  return row[b.length] ?? limit + 1;
}
