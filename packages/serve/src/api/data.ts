import { Readable } from "node:stream";
import { formatDatetime } from "@goshawk/kql";
import type { Receipt } from "@goshawk/store";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { goneSignal } from "../http/client.ts";
import { ServeError } from "../http/serveError.ts";
import type { Stored, Upload } from "../ingest/upload.ts";
import { shownTables } from "../routes/commandContext.ts";
import { audit } from "../security/audit.ts";
import type { Service } from "../service.ts";
import { anything, listOf, number, object, route, text, time } from "./schemas.ts";

const receipt = object({
  id: text,
  name: text,
  format: text,
  bytes: number,
  sha256: text,
  at: text,
  rows: number,
  firstEvent: time,
  lastEvent: time,
  tables: listOf(object({ table: text, rows: number })),
  rejected: number,
  unconverted: listOf(anything),
  problems: listOf(anything),
  notes: listOf(text),
});

/** Tables and their sources. */
export function dataRoutes(app: FastifyInstance, service: Service): void {
  const tables = listOf(
    object({ name: text, rows: number, bytes: number, columns: listOf(object({ name: text, type: text })) }),
  );
  app.get("/tables", { schema: route("data", "The tables that hold rows", { response: { 200: tables } }) }, () =>
    shownTables(service),
  );
  app.get(
    "/sources",
    { schema: route("data", "What was ingested, with a receipt each", { response: { 200: listOf(receipt) } }) },
    async () => (await service.store.sources()).map(receiptJson),
  );
}

/** What brings more; bodies are handed on as they come. */
export function ingestRoutes(
  app: FastifyInstance,
  service: Service,
  upload: (upload: Upload) => Promise<Stored>,
): void {
  app.post(
    "/ingest",
    {
      config: { right: "ingest" },
      bodyLimit: service.limits.uploadBytes,
      schema: route("data", "Store a file: any format that 'goshawk ingest' reads, as the body", {
        querystring: object({
          name: { ...text, maxLength: 200, description: "The file's name; its end tells the format." },
          table: { ...text, pattern: "^[A-Za-z_][A-Za-z0-9_]{0,199}$" },
          again: { type: "boolean", default: false, description: "Store it even if it is stored already." },
        }),
        response: { 200: object({ known: { type: "boolean" }, receipt }) },
      }),
    },
    async (request, reply) => {
      const { name = "upload", table, again = false } = request.query as IngestQuery;
      const stored = await upload({
        body: rawBody(request),
        name,
        again,
        signal: goneSignal(request, reply),
        ...(table === undefined ? {} : { table }),
      });
      await audited(service, request, stored);
      return { known: stored.known, receipt: receiptJson(stored.receipt) };
    },
  );
}

interface IngestQuery {
  readonly name?: string;
  readonly table?: string;
  readonly again?: boolean;
}

/** Notes what was brought and by whom. */
export function audited(service: Service, request: FastifyRequest, { receipt: told, known }: Stored): Promise<void> {
  if (known) return Promise.resolve();
  const change = { source: told.id, rows: told.rows, sha256: told.sha256 };
  const on = told.tables.map((item) => item.table);
  return audit(service.store.folder, {
    at: new Date().toISOString(),
    by: request.client.who,
    what: "ingest",
    on,
    change,
  });
}

/** The body as it comes, where the route takes it so. */
export function rawBody(request: FastifyRequest): Readable {
  if (request.body instanceof Readable) return request.body;
  throw new ServeError(400, "BadRequest", "The request has no body: send the file as it is.");
}

/** A receipt without the paths of this machine. */
function receiptJson(told: Receipt): object {
  const { path, rejectedFile: _, firstEvent, lastEvent, tables, ...rest } = told;
  const shown = (ticks: bigint | null): string | null => (ticks === null ? null : formatDatetime(ticks));
  return {
    ...rest,
    name: path.split(/[\\/]/).at(-1) ?? "",
    firstEvent: shown(firstEvent),
    lastEvent: shown(lastEvent),
    tables: tables.map(({ table, rows }) => ({ table, rows })),
  };
}
