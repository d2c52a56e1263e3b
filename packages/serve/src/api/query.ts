import { Readable } from "node:stream";
import { formatDatetime, parseDatetime } from "@goshawk/kql";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ClientQuery } from "../engines/running.ts";
import { clientRequestId, goneSignal } from "../http/client.ts";
import { ServeError } from "../http/serveError.ts";
import { nowOf } from "../routes/now.ts";
import type { Service } from "../service.ts";
import { arrowBody } from "../wire/arrow.ts";
import { csvPage, jsonPage, rowsPage, writtenPage } from "../wire/pages.ts";
import { isoScope } from "../wire/timespan.ts";
import { anything, listOf, number, object, route, text } from "./schemas.ts";

const MOST_ROWS = 10_000_000;

const body = object(
  {
    query: { ...text, minLength: 1, maxLength: 2_000_000, description: "KQL." },
    timespan: { ...text, description: "ISO 8601: PT24H, start/end, start/duration or duration/end." },
    parameters: {
      type: "object",
      additionalProperties: { anyOf: [{ type: "string" }, { type: "number" }, { type: "boolean" }] },
    },
    now: { ...text, description: "What now() says: a datetime, or 'latest'." },
    timeoutMs: { ...number, minimum: 1 },
    format: { enum: ["json", "csv", "arrow"], default: "json" },
    skip: { ...number, minimum: 0, default: 0, description: "Rows to leave out first; the query should sort." },
    limit: { ...number, minimum: 1, maximum: MOST_ROWS, default: 10_000 },
  },
  ["query"],
);

interface Asked {
  readonly query: string;
  readonly timespan?: string;
  readonly parameters?: Readonly<Record<string, string | number | boolean>>;
  readonly now?: string;
  readonly timeoutMs?: number;
  readonly format: "json" | "csv" | "arrow";
  readonly skip: number;
  readonly limit: number;
}

const answers = {
  200: {
    description: "The rows, as they are computed.",
    content: {
      "application/json": {
        schema: object({
          now: text,
          tables: listOf(text),
          warnings: listOf(text),
          columns: listOf(object({ name: text, type: text })),
          rows: listOf({ type: "array", items: {} }),
          more: { type: "boolean" },
        }),
      },
      "text/csv": { schema: text },
      "application/vnd.apache.arrow.stream": { schema: { type: "string", format: "binary" } },
    },
  },
};

/** Queries, and those in hand. */
export function queryRoutes(app: FastifyInstance, service: Service): void {
  app.post("/query", { schema: route("queries", "Run a query", { body, response: answers }) }, (request, reply) =>
    run(request.body as Asked, service, request, reply),
  );
  app.get(
    "/queries",
    { schema: route("queries", "The queries that wait or run", { response: { 200: listOf(anything) } }) },
    (request) =>
      service.running
        .list()
        .filter((query) => request.client.role === "admin" || query.client === request.client.name)
        .map(({ id, client, text: kql, since }) => ({ id, client, query: kql, since: new Date(since).toISOString() })),
  );
  app.delete(
    "/queries/:id",
    {
      schema: route("queries", "Cancel a query by the id that its client gave it (x-ms-client-request-id)", {
        params: object({ id: text }, ["id"]),
        response: { 200: object({ cancelled: number }) },
      }),
    },
    (request) => {
      const { id } = request.params as { readonly id: string };
      const { name, role } = request.client;
      const mine = service.running
        .list()
        .filter((query) => query.id === id && (role === "admin" || query.client === name));
      for (const query of mine) query.cancel();
      return { cancelled: mine.length };
    },
  );
}

async function run(
  asked: Asked,
  service: Service,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { limits } = service;
  const now = await nowOf(service, asked.now === undefined ? service.now : nowIn(asked.now));
  const { skip, limit, format } = asked;
  const query: ClientQuery = {
    request: {
      text: asked.query,
      now,
      timeoutMs: Math.min(asked.timeoutMs ?? limits.timeoutMs, limits.longestMs),
      rowLimit: skip + limit,
      ...(asked.timespan === undefined ? {} : { scope: isoScope(asked.timespan, now) }),
      ...(asked.parameters === undefined
        ? {}
        : { parameters: new Map(Object.entries(asked.parameters).map(([name, value]) => [name, String(value)])) }),
    },
    client: request.client.name,
    id: clientRequestId(request),
    signal: goneSignal(request, reply),
  };
  if (format === "arrow") {
    const { columns, pieces } = await service.answers.rows(query);
    const body = arrowBody(columns[0] ?? [], rowsPage(pieces, skip));
    return reply.type("application/vnd.apache.arrow.stream").send(Readable.from(body));
  }
  const answer = await service.answers.written(
    query,
    format === "csv" ? { kind: "csv", skip } : { kind: "arrays", dynamic: "value", skip },
  );
  let more = false;
  const rows = writtenPage(answer.pieces, (there) => {
    more = there;
  });
  const columns = answer.columns[0] ?? [];
  if (format === "csv") return reply.type("text/csv; charset=utf-8").send(Readable.from(csvPage(columns, rows)));
  const head = { now: formatDatetime(answer.now), tables: answer.tables, warnings: answer.warnings };
  return reply
    .type("application/json; charset=utf-8")
    .send(Readable.from(jsonPage(columns, head, rows, () => ({ more }))));
}

export function nowIn(text: string): bigint | "latest" {
  if (text === "latest") return "latest";
  const ticks = parseDatetime(text);
  if (ticks === undefined) throw new ServeError(400, "BadRequest", "'now' is no datetime, and not 'latest'.");
  return ticks;
}
