import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { formatDatetime } from "@goshawk/kql";
import { catalogueTable } from "@goshawk/store";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { audited, rawBody } from "../api/data.ts";
import { clock } from "../clock.ts";
import { clientRequestId, goneSignal } from "../http/client.ts";
import { explainTo } from "../http/explain.ts";
import { handOnBodies } from "../http/rawBodies.ts";
import { ServeError } from "../http/serveError.ts";
import type { Stored, Upload } from "../ingest/upload.ts";
import type { Service } from "../service.ts";
import { oneApiError } from "../wire/kusto/errors.ts";
import { v1Table } from "../wire/kusto/v1.ts";
import { tableOf } from "../wire/table.ts";
import { shownTables } from "./commandContext.ts";

const separators: Readonly<Record<string, string>> = { csv: ",", tsv: "\t" };
const jsonFormats = new Set(["json", "multijson", "singlejson"]);

/** Kusto's streaming ingestion. */
export function streamingIngestRoutes(service: Service, upload: (upload: Upload) => Promise<Stored>) {
  return async (app: FastifyInstance): Promise<void> => {
    handOnBodies(app);
    app.setErrorHandler((error, request, reply) => {
      const about = {
        clientRequestId: clientRequestId(request),
        activityId: request.activityId,
        database: service.database,
        text: "",
      };
      const { status, body } = oneApiError(explainTo(reply, error), about);
      return reply.status(status).send(body);
    });
    app.post(
      "/v1/rest/ingest/:database/:table",
      { config: { right: "ingest" }, bodyLimit: service.limits.uploadBytes },
      async (request, reply) => {
        const { table } = request.params as { readonly table: string };
        const stored = await upload({
          ...(await fileOf(table, service, request)),
          table,
          again: true,
          signal: goneSignal(request, reply),
        });
        await audited(service, request, stored);
        return reply
          .header("content-type", "application/json; charset=utf-8")
          .send(
            v1Table(
              tableOf("ConsumptionTime:datetime, PayloadSize:long, RowCount:long", [
                [formatDatetime(clock()), String(stored.bytes), String(stored.receipt.rows)],
              ]),
            ),
          );
      },
    );
  };
}

/** The body as a file: Kusto's CSV has no names of columns, so that those of the table go before it. */
async function fileOf(
  table: string,
  service: Service,
  request: FastifyRequest,
): Promise<{ readonly body: Readable; readonly name: string }> {
  const query = request.query as Readonly<Record<string, string | undefined>>;
  const format = (query.streamFormat ?? "csv").toLowerCase();
  if (query.sourceKind !== undefined && query.sourceKind.toLowerCase() === "uri")
    throw refused("A source elsewhere is not fetched; send the rows in the body.");
  if (query.mappingName !== undefined && query.mappingName !== "")
    throw refused("There are no ingestion mappings here: send JSON with the names of columns, or CSV in their order.");
  if (!/^[A-Za-z_]\w{0,199}$/.test(table)) throw refused("A table's name is made of letters, digits and _.");
  const plain = unpacked(request);
  if (jsonFormats.has(format)) return { body: plain, name: `${table}.json` };
  const separator = separators[format];
  if (separator === undefined)
    throw refused(`The format '${format.slice(0, 40)}' is not taken here; send csv, tsv, json or multijson.`);
  const known =
    (await shownTables(service)).find((item) => item.name === table)?.columns ?? catalogueTable(table)?.columns;
  if (known === undefined)
    throw refused(
      `The columns of '${table}' are not known, so CSV can't be told apart; send JSON, or store a file of it first.`,
    );
  const names = `${known.map((column) => column.name).join(separator)}\n`;
  return { body: Readable.from(after(names, plain)), name: `${table}.${format}` };
}

function unpacked(request: FastifyRequest): Readable {
  const body = rawBody(request);
  if (!/\bgzip\b/i.test(request.headers["content-encoding"] ?? "")) return body;
  const gunzip = createGunzip();
  body.once("error", (error) => gunzip.destroy(error));
  return body.pipe(gunzip);
}

async function* after(head: string, rest: Readable): AsyncGenerator<Buffer, void, undefined> {
  yield Buffer.from(head);
  for await (const chunk of rest) yield chunk as Buffer;
}

function refused(message: string): ServeError {
  return new ServeError(400, "General_BadRequest", message);
}
