import { tmpdir } from "node:os";
import { loadRulePaths, type RuleAnswer, recordCase, runHunt, type TestCase, testFileText } from "@goshawk/hunt";
import { catalogueTable } from "@goshawk/store";
import { backendOver, eventTimeIn, valuesBackend } from "../backend.ts";
import { existingStore } from "../existingStore.ts";
import { type ExitCode, exitCodes, UsageError } from "../exit.ts";
import { nowOption } from "../now.ts";
import { forTerminal } from "../output/escape.ts";
import { loadOutside, type OutsideOptions } from "../outside.ts";
import type { Terminal } from "../terminal.ts";

export interface TestRecordOptions extends OutsideOptions {
  readonly store: string;
  readonly now?: string;
  readonly finding: readonly string[];
  readonly mask: readonly string[];
  readonly most: string;
}

/** `goshawk test --record <rules>…`: prints a test file of what the rules find in the store. */
export async function testRecordCommand(
  paths: readonly string[],
  options: TestRecordOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const most = Number(options.most);
  if (!Number.isInteger(most) || most < 1) throw new UsageError(`--most '${options.most}' is no number of cases`);
  const { signal } = terminal;
  const files = await loadRulePaths(paths, { from: process.cwd(), signal });
  const store = await existingStore(options.store);
  const { snapshot, release } = await store.read();
  const outside = await loadOutside(options, tmpdir(), terminal);
  const backend = backendOver(store.folder, snapshot.tables, outside);
  const engine = valuesBackend(outside);
  const eventTime = eventTimeIn(snapshot);
  const today = new Date().toISOString().slice(0, 10);
  const stored = new Map(snapshot.tables.map((table) => [table.name, table]));
  const cases: TestCase[] = [];
  let failed = false;
  try {
    const outcomes = await runHunt(
      files.flatMap((file) => file.rules),
      backend,
      { now: nowOption(options.now ?? "latest"), stored, today, eventTime, signal },
    );
    for (const outcome of outcomes) {
      if (!("findings" in outcome)) continue;
      for (const index of wanted(outcome, options.finding, most)) {
        const made = await recordCase(outcome, index, {
          store: backend,
          engine,
          columnsOf: (table) => catalogueTable(table)?.columns ?? stored.get(table)?.columns,
          eventTime,
          today,
          mask: options.mask,
          signal,
        });
        if (!("fault" in made)) cases.push(made);
        else {
          failed = true;
          terminal.note(
            `${forTerminal(outcome.rule.name)}: no case of ${outcome.findings[index]?.id}: ${forTerminal(made.fault)}`,
          );
        }
      }
    }
  } finally {
    await Promise.all([backend.close(), engine.close()]);
    await release();
  }
  if (cases.length > 0) terminal.out(testFileText(cases));
  terminal.note(`${cases.length} case${cases.length === 1 ? "" : "s"} recorded, each tried once more.`);
  return failed ? exitCodes.ruleError : cases.length === 0 ? exitCodes.couldNotLook : exitCodes.ok;
}

/** The findings that are named, else the first ones. */
function wanted({ findings }: RuleAnswer, ids: readonly string[], most: number): readonly number[] {
  const all = findings.map((_, index) => index);
  return ids.length === 0 ? all.slice(0, most) : all.filter((index) => ids.includes(findings[index]?.id ?? ""));
}
