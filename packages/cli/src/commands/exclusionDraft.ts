import { draftExclusion, draftsText, loadRulePaths, odditiesOf, type Rule, siblingTables } from "@goshawk/hunt";
import { catalogueTable } from "@goshawk/store";
import { type ExitCode, exitCodes, UsageError } from "../exit.ts";
import { fileNotes } from "../hunt/problems.ts";
import { forTerminal } from "../output/escape.ts";
import type { Terminal } from "../terminal.ts";

export interface ExclusionDraftOptions {
  readonly owner: string;
}

/** `goshawk exclusion draft <page>`: YAML on standard output, what is odd about it on standard error. */
export async function exclusionDraftCommand(
  page: string,
  options: ExclusionDraftOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const files = await loadRulePaths([page], { from: process.cwd(), signal: terminal.signal });
  for (const line of fileNotes(files, terminal.style.color)) terminal.note(line);
  const [file] = files;
  const [rule] = file?.rules ?? [];
  if (file === undefined || rule === undefined) return exitCodes.ruleError;
  if (file.drafts.length === 0)
    throw new UsageError(`${page} has no 'Scenario:' with a 'Filter/Exclusion:' line after it`);
  const table = tableOf(rule);
  const drafts = file.drafts.map((draft) => draftExclusion(draft, table, siblingTables, columnsOf));
  const created = new Date().toISOString().slice(0, 10);
  terminal.out(draftsText(drafts, { ruleId: rule.id, table, owner: options.owner, created }));
  for (const draft of drafts) for (const line of odditiesOf(draft)) terminal.note(forTerminal(`${draft.id}: ${line}`));
  terminal.note(
    "These are drafts: none is applied until 'meaning' says drop or keep. 'goshawk exclusion preview' shows what each would hide.",
  );
  return exitCodes.ok;
}

export function columnsOf(table: string): ReadonlySet<string> | undefined {
  const columns = catalogueTable(table)?.columns;
  return columns === undefined ? undefined : new Set(columns.map((column) => column.name));
}

/** The table that the rule's author says it needs, or the first that its text names. */
function tableOf(rule: Rule): string {
  const said = rule.connectors.flatMap((connector) => connector.dataTypes);
  const named = rule.query.match(/[A-Za-z_]\w*/g) ?? [];
  const table = [...said, ...named].find((name) => catalogueTable(name) !== undefined);
  if (table === undefined) throw new UsageError(`the rule '${rule.name}' names no table that is known`);
  return table;
}
