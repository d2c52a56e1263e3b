import { reasonOf } from "./reason.mjs";

/** Kusto's codes for text that is no KQL at all; higher ones are about names and types. */
const syntaxCodes = new Set(["KS001", "KS002", "KS003", "KS004", "KS005", "KS006", "KS174", "KS175", "KS176", "KS198"]);
const TIMEOUT_MS = 20_000;
/** 2024-06-30, at the end of the generated rows. */
const NOW = 638_553_024_000_000_000n;

/** Takes a rule as far as it gets in `session`; answers with the outcome, its tables and its compile time. */
export function examineOn(session) {
  return async ({ query }) => {
    try {
      const found = await session.run({ text: query, now: NOW, timeoutMs: TIMEOUT_MS });
      if (!found.ok) return { tables: [], ...refusal(found.diagnostics) };
      return {
        outcome: { reached: "runs" },
        tables: found.tables,
        warnings: found.warnings,
        compileMs: found.compileMs,
        runMs: found.runMs,
      };
    } catch (error) {
      const reached = error.name === "BackendError" ? "compiles" : "binds";
      const detail = String(error.stack ?? error).slice(0, 1500);
      return { tables: [], detail, outcome: { reached, refused: `${error.name}: ${firstLine(error.message)}` } };
    }
  };
}

function refusal(diagnostics) {
  const [first] = diagnostics;
  const official = first.code.startsWith("KS");
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
