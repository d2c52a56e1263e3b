/** Up to three of `names` that are most like `name`, letter case aside. */
export function nearest(name: string, names: Iterable<string>): readonly string[] {
  const wanted = name.toLowerCase();
  const limit = Math.max(2, Math.floor(name.length / 3));
  const close: { readonly name: string; readonly distance: number }[] = [];
  for (const candidate of names) {
    if (Math.abs(candidate.length - name.length) > limit) continue;
    const found = distance(wanted, candidate.toLowerCase(), limit);
    if (found <= limit) close.push({ name: candidate, distance: found });
  }
  close.sort((a, b) => a.distance - b.distance || a.name.localeCompare(b.name));
  return close.slice(0, 3).map((item) => item.name);
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
