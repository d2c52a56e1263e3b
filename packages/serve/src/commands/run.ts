import type { ResultTable } from "@goshawk/engine";
import { ServeError } from "../http/serveError.ts";
import { withoutComments } from "../wire/kusto/request.ts";
import { tableOf } from "../wire/table.ts";
import type { Command, CommandContext } from "./command.ts";
import { showCommands } from "./show.ts";

const otherCommands: readonly Command[] = [
  {
    pattern: /^\.cancel query (?:"([^"]*)"|'([^']*)'|(\S+))/i,
    run: (match, { running, client, role }) => {
      const id = match[1] ?? match[2] ?? match[3] ?? "";
      const mine = running.filter((query) => query.id === id && (role === "admin" || query.client === client));
      for (const query of mine) query.cancel();
      return tableOf("ClientActivityId:string, Cancelled:bool", [[id, mine.length > 0 ? "true" : "false"]]);
    },
  },
  {
    pattern: /^\.get kusto identity token\b/i,
    run: () => tableOf("AuthorizationContext:string", [["goshawk"]]),
  },
  {
    pattern: /^\.get ingestion resources\b/i,
    run: () => {
      throw new ServeError(
        400,
        "General_BadRequest",
        "Queued ingestion needs Azure's storage, which is not here; use streaming ingestion, or POST the file to /api/v1/ingest.",
      );
    },
  },
];

/** A command and the pipeline of KQL after it, where there is one. */
export function splitCommand(text: string): { readonly command: string; readonly pipeline: string | undefined } {
  const body = withoutComments(text).trim().replace(/;\s*$/, "");
  const [line = ""] = /^(?:[^|"']|"[^"]*"|'[^']*'|["'])*/.exec(body) ?? [];
  const pipeline = line.length === body.length ? undefined : body.slice(line.length + 1);
  return { command: line.replace(/\s+/g, " ").trim(), pipeline };
}

/** Answers a management command. */
export function runCommand(command: string, context: CommandContext): ResultTable {
  for (const { pattern, run } of [...otherCommands, ...showCommands]) {
    const match = pattern.exec(command);
    if (match !== null) return run(match, context);
  }
  const shown = command.split(" ").slice(0, 2).join(" ").slice(0, 60);
  throw new ServeError(
    400,
    "General_BadRequest",
    `The command '${shown}' is not run here: the store is changed by ingestion alone, and told about by .show.`,
  );
}
