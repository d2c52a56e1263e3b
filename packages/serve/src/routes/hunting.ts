import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { within } from "../engines/within.ts";
import { clientRequestId, goneSignal } from "../http/client.ts";
import { explainTo } from "../http/explain.ts";
import { ServeError } from "../http/serveError.ts";
import type { Service } from "../service.ts";
import { defenderShape, graphShape, type HuntingShape, huntingBody } from "../wire/graph/body.ts";
import { isoScope } from "../wire/timespan.ts";
import { nowOf } from "./now.ts";

/** Graph's hunting queries, and those of the older API. */
export function huntingRoutes(service: Service) {
  return async (app: FastifyInstance): Promise<void> => {
    app.setErrorHandler((error, request, reply) => {
      const known = explainTo(reply, error);
      const status = "status" in known ? known.status : 400;
      const code = status === 400 ? "BadRequest" : "status" in known ? known.code : "BadRequest";
      const innerError = {
        date: new Date().toISOString().slice(0, 19),
        "request-id": request.activityId,
        "client-request-id": clientRequestId(request),
      };
      return reply.status(status).send({ error: { code, message: known.message, innerError } });
    });
    for (const version of ["/v1.0", "/beta"])
      for (const name of ["runHuntingQuery", "microsoft.graph.security.runHuntingQuery"])
        app.post(`${version}/security/${name}`, (request, reply) =>
          answer(readAsked(request.body), graphShape, service, request, reply),
        );
    // The router takes a name with parentheses for a pattern, hence the wildcard.
    app.get("/beta/security/*", (request, reply) =>
      answer(readCall(decoded(request.raw.url ?? "")), graphShape, service, request, reply),
    );
    for (const path of ["/api/advancedhunting/run", "/api/advancedqueries/run"])
      app.post(path, (request, reply) => answer(readAsked(request.body), defenderShape, service, request, reply));
  };
}

interface Asked {
  readonly query: string;
  readonly timespan?: string;
}

async function answer(
  asked: Asked,
  shape: HuntingShape,
  service: Service,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { limits } = service;
  const now = await nowOf(service);
  const found = await service.answers.written(
    {
      request: {
        text: asked.query,
        now,
        timeoutMs: limits.timeoutMs,
        ...(asked.timespan === undefined ? {} : { scope: isoScope(asked.timespan, now) }),
      },
      client: request.client.name,
      id: clientRequestId(request),
      signal: goneSignal(request, reply),
    },
    { kind: "objects" },
  );
  const most = { records: Number.POSITIVE_INFINITY, bytes: limits.answerBytes };
  return reply
    .header("content-type", "application/json; charset=utf-8")
    .send(Readable.from(huntingBody(found, shape, (pieces) => within(pieces, most))));
}

/** The documentation writes `Query`, clients `query`. */
function readAsked(body: unknown): Asked {
  const entries = Object.entries((body ?? {}) as Readonly<Record<string, unknown>>);
  const named = (name: string): unknown => entries.find(([key]) => key.toLowerCase() === name)?.[1];
  const [query, timespan] = [named("query"), named("timespan")];
  if (typeof query !== "string" || query.trim() === "")
    throw new ServeError(400, "BadRequest", "The request has no query: put its KQL into 'Query'.");
  return { query, ...(typeof timespan === "string" && timespan !== "" ? { timespan } : {}) };
}

/** `getRunHuntingQuery(query='…',timespan='…')`: quotes inside are doubled. */
function readCall(url: string): Asked {
  const call = /getRunHuntingQuery\((.*)\)\s*(?:\?.*)?$/s.exec(url)?.[1];
  if (call === undefined) throw new ServeError(404, "NotFound", "There is nothing at this address.");
  const given = new Map(
    [...call.matchAll(/(\w+)='((?:[^']|'')*)'/g)].map(([, name = "", text = ""]) => [
      name.toLowerCase(),
      text.replaceAll("''", "'"),
    ]),
  );
  return readAsked(Object.fromEntries(given));
}

function decoded(url: string): string {
  try {
    return decodeURIComponent(url.replaceAll("+", "%20"));
  } catch {
    throw new ServeError(400, "BadRequest", "The address is not well formed.");
  }
}
