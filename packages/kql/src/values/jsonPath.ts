/** The keys and indexes of a JSON path (`$.a[0]['b c']`); undefined where the text is none. */
export function pathSteps(text: string): readonly (string | number)[] | undefined {
  if (!text.startsWith("$")) return undefined;
  const steps: (string | number)[] = [];
  const step = /\.([^.[\]]+)|\[(?:'([^']*)'|"([^"]*)"|(\d+))\]/y;
  step.lastIndex = 1;
  while (step.lastIndex < text.length) {
    const match = step.exec(text);
    if (match === null) return undefined;
    const [, plain, single, double, index] = match;
    steps.push(index === undefined ? (plain ?? single ?? double ?? "") : Number(index));
  }
  return steps;
}

/** The keys that a JSON path names (`$.a.b`, `$['a']["b c"]`); any other text is a key of the bag itself. */
export function keyPath(text: string): readonly string[] {
  const steps = pathSteps(text) ?? [];
  return steps.length === 0 || steps.some((step) => typeof step === "number") ? [text] : steps.map(String);
}
