import { formatDatetime, parseDatetime } from "@goshawk/kql";
import { compact, describeStore, retain, verify } from "@goshawk/store/upkeep";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { atMost } from "../http/atMost.ts";
import { goneSignal } from "../http/client.ts";
import { ServeError } from "../http/serveError.ts";
import { whenFree } from "../ingest/whenFree.ts";
import { audit } from "../security/audit.ts";
import type { Service } from "../service.ts";
import { anything, listOf, number, object, route, text, time } from "./schemas.ts";

const facts = object({
  generation: number,
  sources: number,
  leaving: { ...number, description: "Files of earlier states that the next write removes." },
  tables: listOf(
    object({ table: text, rows: number, segments: number, bytes: number, firstEvent: time, lastEvent: time }),
  ),
});

/** The store as a whole, and its upkeep. */
export function storeRoutes(app: FastifyInstance, service: Service): void {
  const { store } = service;
  const inTurn = atMost(1, "store operations");
  const upkeep = <T>(work: () => Promise<T>): Promise<T> => inTurn(() => whenFree(work));
  const noted = async (request: FastifyRequest, what: string, on: readonly string[], change: object): Promise<void> => {
    await audit(store.folder, { at: new Date().toISOString(), by: request.client.who, what, on, change });
    (await service.tables.newest({ now: true })).done();
  };
  app.get("/store", { schema: route("store", "What the store holds", { response: { 200: facts } }) }, async () => {
    const { tables, ...rest } = await describeStore(store);
    const shown = (ticks: bigint | null): string | null => (ticks === null ? null : formatDatetime(ticks));
    return {
      ...rest,
      tables: tables.map((one) => ({ ...one, firstEvent: shown(one.firstEvent), lastEvent: shown(one.lastEvent) })),
    };
  });
  app.post(
    "/store/compact",
    {
      config: { right: "admin" },
      schema: route("store", "Merge small segments", {
        body: object({ table: text }),
        response: { 200: object({ merged: listOf(anything), interrupted: { type: "boolean" } }) },
      }),
    },
    async (request, reply) => {
      const { table } = (request.body ?? {}) as { readonly table?: string };
      const only = table === undefined ? {} : { table };
      const report = await upkeep(() => compact({ store, ...only, signal: goneSignal(request, reply) }));
      if (report.merged.length > 0)
        await noted(request, "store.compact", [...new Set(report.merged.map((one) => one.table))], {
          rows: report.merged.reduce((sum, one) => sum + one.rows, 0),
        });
      return report;
    },
  );
  app.post(
    "/store/retain",
    {
      config: { right: "admin" },
      schema: route("store", "Take out the rows of events before a time; says what would go unless 'apply' is true", {
        body: object(
          {
            before: { ...text, description: "A datetime." },
            table: text,
            apply: { type: "boolean", default: false },
          },
          ["before"],
        ),
        response: {
          200: object({
            tables: listOf(anything),
            ageless: listOf(text),
            interrupted: { type: "boolean" },
            applied: { type: "boolean" },
          }),
        },
      }),
    },
    async (request, reply) => {
      const asked = request.body as { readonly before: string; readonly table?: string; readonly apply: boolean };
      const before = parseDatetime(asked.before);
      if (before === undefined) throw new ServeError(400, "BadRequest", "'before' is no datetime.");
      const only = asked.table === undefined ? {} : { table: asked.table };
      const report = await upkeep(() =>
        retain({ store, ...only, before, dryRun: !asked.apply, signal: goneSignal(request, reply) }),
      );
      if (asked.apply && report.tables.length > 0)
        await noted(
          request,
          "store.retain",
          report.tables.map((one) => one.table),
          {
            before: formatDatetime(before),
            rows: report.tables.reduce((sum, one) => sum + one.rows, 0),
          },
        );
      return { ...report, applied: asked.apply };
    },
  );
  app.post(
    "/store/verify",
    {
      config: { right: "admin" },
      schema: route("store", "Compare every segment with the sum and rows that were written", {
        body: object({
          setAside: { type: "boolean", default: false, description: "Take damaged segments out of the store." },
        }),
        response: { 200: anything },
      }),
    },
    async (request, reply) => {
      const { setAside = false } = (request.body ?? {}) as { readonly setAside?: boolean };
      const aside = setAside ? { setAside } : {};
      const report = await upkeep(() => verify({ store, ...aside, signal: goneSignal(request, reply) }));
      const placeless = (file: string, reason: string): { readonly file: string; readonly reason: string } => ({
        file: lastName(file),
        reason: reason.replaceAll(file, lastName(file)).replaceAll(store.folder, "the store"),
      });
      const otherFiles = report.otherFiles.map(({ file, reason }) => placeless(file, reason));
      const damaged = report.damaged.map(({ table, file, reason, indexOnly, rows, sources }) => ({
        table,
        ...placeless(file, reason),
        indexOnly,
        rows,
        sources: sources.map((source) => ({ name: lastName(source.path), rows: source.rows })),
      }));
      if (report.setAside && damaged.length > 0)
        await noted(
          request,
          "store.setAside",
          damaged.map((one) => one.file),
          { segments: damaged.length },
        );
      return { ...report, damaged, otherFiles };
    },
  );
}

function lastName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? "";
}
