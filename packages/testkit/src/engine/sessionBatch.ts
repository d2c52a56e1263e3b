import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BackendError } from "@goshawk/engine";
import { type Schemas, Session } from "@goshawk/engine/duckdb";
import type { Answer } from "../conformance/answer.ts";
import type { RunBatch } from "../conformance/batch.ts";
import type { SampleTable } from "../conformance/tables.ts";
import { writeSampleTables } from "./sampleParquet.ts";

/** An engine of our own that answers batches in this process. */
export interface SessionBatch {
  readonly run: RunBatch;
  close(): Promise<void>;
}

/** 2023-01-01: what `now()` says to recorded queries, whose answers don't depend on it. */
const NOW = 638_081_280_000_000_000n;
const TIMEOUT_MS = 30_000;

/** Opens the embedded engine over the sample tables and nothing else. */
export async function openSessionBatch(
  tables: readonly SampleTable[],
  schemas: Schemas = noSchemas,
): Promise<SessionBatch> {
  const folder = await mkdtemp(join(tmpdir(), "goshawk-conformance-"));
  const layouts = await writeSampleTables(tables, folder);
  const session = await Session.open({
    schemas,
    tables: layouts,
    folders: [`${folder}/`],
    memoryLimit: "2GB",
    threads: 2,
  });
  return {
    run: async (queries) => {
      const answers: Answer[] = [];
      for (const { id, query } of queries) answers.push(await answerOf(id, query, session));
      return answers;
    },
    close: async () => {
      session.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const noSchemas: Schemas = { table: () => undefined, tableNames: () => [] };

async function answerOf(id: string, text: string, session: Session): Promise<Answer> {
  try {
    const outcome = await session.run({ text, now: NOW, timeoutMs: TIMEOUT_MS });
    if (outcome.ok) {
      const { columns, rows } = outcome.table;
      return { id, columns: columns.map((column) => column.name), types: columns.map((column) => column.type), rows };
    }
    const [first] = outcome.diagnostics;
    const { start = 0, end = 0 } = first?.span ?? {};
    return { id, error: { code: first?.code ?? "unknown", message: first?.message ?? "", start, length: end - start } };
  } catch (error) {
    const code = error instanceof BackendError ? error.kind : "internal";
    return { id, error: { code, message: error instanceof Error ? error.message : String(error) } };
  }
}
