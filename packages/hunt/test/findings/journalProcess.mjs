// Adds hunts to a journal, or decides on findings in it: node journalProcess.mjs <folder> <name> <run | decision> <times> <bytes>
import { appendEntries } from "../../dist/findings/journal.js";

const [folder, name, kind, times, bytes] = process.argv.slice(2);
for (let number = 0; number < Number(times); number++) {
  const text = `${name} ${number} ${"x".repeat(Number(bytes))}`;
  const entry =
    kind === "run"
      ? {
          kind,
          at: "2026-11-24T00:00:00Z",
          by: name,
          rule: { id: text, name, techniques: [] },
          looked: "runs",
          seen: [],
        }
      : { kind, at: "2026-11-24T00:00:00Z", by: name, ids: [String(number)], comment: text };
  await appendEntries(folder, [entry, { ...entry, by: `${name} again` }]);
}
