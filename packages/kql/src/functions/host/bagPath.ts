/** The keys that a JSON path names (`$.a.b`, `$['a']["b c"]`); any other text is a key of the bag itself. */
export function parseKeyPath(text: string): readonly string[] {
  if (!/^\$[.[]/.test(text)) return [text];
  const keys: string[] = [];
  const step = /\.([^.[\]]+)|\[(?:'([^']*)'|"([^"]*)")\]/y;
  step.lastIndex = 1;
  while (step.lastIndex < text.length) {
    const match = step.exec(text);
    if (match === null) return [text];
    keys.push(match[1] ?? match[2] ?? match[3] ?? "");
  }
  return keys;
}
