import { reasonOf } from "./reason.mjs";

/** Kusto's codes for text that is no KQL at all; higher ones are about names and types. */
const syntaxCodes = new Set(["KS001", "KS002", "KS003", "KS004", "KS005", "KS006", "KS174", "KS175", "KS176", "KS198"]);
const TIMEOUT_MS = 20_000;
const MOST_LESSONS = 12;
/** 2024-06-30, at the end of the generated rows. */
const NOW = 638_553_024_000_000_000n;

/** Takes a rule as far as it gets; answers with the outcome, its tables and its compile time. */
export function examineOn({ session, learn, forget }, textOf) {
  return async (record) => {
    forget();
    const text = textOf(record);
    try {
      const found = await answer(session, text, learn);
      if (!found.ok) return { tables: [], ...refusal(found.diagnostics) };
      const { tables, warnings, compileMs, runMs } = found;
      return { outcome: { reached: "runs" }, tables, warnings, compileMs, runMs };
    } catch (error) {
      const reached = error.name === "BackendError" ? "compiles" : "binds";
      const detail = String(error.stack ?? error).slice(0, 1500);
      return { tables: [], detail, outcome: { reached, refused: `${error.name}: ${firstLine(error.message)}` } };
    }
  };
}

/** Names that nothing has are taken to be columns of the watchlist that the rule reads. */
async function answer(session, text, learn) {
  const run = () => session.run({ text, now: NOW, timeoutMs: TIMEOUT_MS });
  let found = await run();
  if (learn === undefined || !text.includes("_GetWatchlist")) return found;
  for (let lesson = 0; !found.ok && lesson < MOST_LESSONS; lesson++) {
    const unknown = found.diagnostics.filter((item) => item.code === "KS142" || item.code === "unknown-column");
    const names = unknown.map(({ message }) => /^The name '([A-Za-z_]\w*)'/.exec(message)?.[1]).filter(Boolean);
    if (names.length === 0) return found;
    learn(names);
    found = await run();
  }
  return found;
}

function refusal(diagnostics) {
  const [first] = diagnostics;
  // The official binder does not look into stored functions: a name that nothing has is as unknown to it there.
  const inside = first.code.startsWith("unknown-") && first.message.startsWith("In the function ");
  const official = inside || first.code.startsWith("KS");
  const reached = !official ? "binds" : diagnostics.some((item) => syntaxCodes.has(item.code)) ? null : "parses";
  return { diagnostics, outcome: { reached, refused: reasonOf(first) } };
}

function firstLine(message) {
  const [line = ""] = message.split("\n");
  return line
    .replace(/"[^"]*"|'[^']*'/g, "'…'")
    .replace(/\b[cstgv]\d+\b/g, "_")
    .slice(0, 160);
}
