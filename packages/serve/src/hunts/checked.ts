import { type CheckProblem, checkFiles, countedReadings, type RuleFile, runsHere, startExaminer } from "@goshawk/hunt";
import { catalogueTable, schemasModule } from "@goshawk/store";
import { huntBackend } from "../engines/huntBackend.ts";
import { shownTables } from "../routes/commandContext.ts";
import { nowOf } from "../routes/now.ts";
import type { Service } from "../service.ts";
import type { Content } from "./content.ts";

/** Rule files and the texts that they were read from. */
export interface CheckedTexts {
  readonly files: readonly RuleFile[];
  readonly textOf: (path: string) => string;
}

/** What `goshawk check` says of rules, over the tables that are stored here. */
export async function checked(
  { files, textOf }: CheckedTexts,
  service: Service,
  options: { readonly client: string; readonly shown: Content["shown"]; readonly signal: AbortSignal },
): Promise<object> {
  const { signal, shown } = options;
  const held = await service.tables.newest();
  let examiner: ReturnType<typeof startExaminer> | undefined;
  try {
    const now = await nowOf(service);
    const tables = await shownTables(service);
    examiner = startExaminer({ schemas: schemasModule, tables, functions: service.functions, now, threads: 1 });
    const isDefender = (table: string): boolean => catalogueTable(table)?.defender === true;
    const inputs = files.map((file) => ({ file, text: textOf(file.path) }));
    const found = await checkFiles(inputs, { examiner, now, isDefender, signal });
    const backend = huntBackend(service, held, options.client);
    const rules = found.flatMap((file) => file.rules);
    const here = await runsHere(rules, held.snapshot.tables, backend, now, signal);
    const problems: CheckProblem[] = [];
    for (const problem of found.flatMap((file) => file.problems))
      problems.push(problem.silenced === undefined ? await countedReadings(problem, backend, now, signal) : problem);
    return {
      problems: problems.map(({ instead: _, fix, path, ...told }) => ({
        ...told,
        path: shown(path),
        fixable: fix !== undefined,
      })),
      rules: rules.map((item) => ({
        id: item.rule.id,
        name: item.rule.name,
        path: shown(item.rule.path),
        kind: item.rule.kind,
        tables: item.query?.tables ?? [],
        columns: item.query?.columns?.map((column) => column.name) ?? null,
        notNearRealTime: item.notNrt ?? null,
        notCustomDetection: item.notDetection ?? null,
        runsHere: here.get(item) ?? null,
      })),
    };
  } finally {
    held.done();
    await examiner?.close();
  }
}
