/** Where two texts part, for a message; either may be empty, which stands for no file. */
export function firstDifference(kept: string, found: string): string {
  if (kept === "") return "is missing";
  if (found === "") return "should be gone";
  const [keptLines, foundLines] = [kept.split("\n"), found.split("\n")];
  const index = keptLines.findIndex((line, at) => line !== foundLines[at]);
  const at = index < 0 ? keptLines.length : index;
  return `differs at line ${at + 1}:\n  - ${keptLines[at] ?? "(end)"}\n  + ${foundLines[at] ?? "(end)"}`;
}
