import { parentPort, workerData } from "node:worker_threads";
import { type ExamineOptions, examine, loadParser, type TableSchema } from "@goshawk/kql";
import type { ExaminerStart, FromExaminer, ToExaminer } from "./messages.ts";
import { reachOf, type Schemas } from "./reach.ts";

/** The thread that examines queries, one after another. */
const start = workerData as ExaminerStart;
const schemas = (await import(start.schemas)) as Schemas;
const own = new Map(start.tables.map((table): [string, TableSchema] => [table.name, table]));

loadParser();

parentPort?.on("message", ({ text }: ToExaminer) => {
  reply({ begun: true });
  reply(answer(text));
});

function reply(message: FromExaminer): void {
  parentPort?.postMessage(message);
}

function answer(text: string): FromExaminer {
  try {
    return { examination: examine(text, optionsFor(text)) };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}

function optionsFor(text: string): ExamineOptions {
  const { now, functions } = start;
  return { ...reachOf(text, schemas, own), now, functions, placesOfAddresses: true, renamed: schemas.oldNames() };
}
