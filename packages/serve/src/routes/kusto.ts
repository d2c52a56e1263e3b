import { Readable } from "node:stream";
import type { QueryRequest } from "@goshawk/engine";
import { formatDatetime } from "@goshawk/kql";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { clock } from "../clock.ts";
import { asDatatable } from "../commands/asDatatable.ts";
import { runCommand, splitCommand } from "../commands/run.ts";
import { type Answer, QueryFault, told } from "../engines/answers.ts";
import { type Truncation, within } from "../engines/within.ts";
import { clientRequestId, goneSignal } from "../http/client.ts";
import { explainTo } from "../http/explain.ts";
import { ServeError } from "../http/serveError.ts";
import type { Service } from "../service.ts";
import { type BodyContext, type BodyPart, plainFrames } from "../wire/kusto/body.ts";
import { type ErrorContext, oneApiError } from "../wire/kusto/errors.ts";
import { isCommand, type KustoRequest, readKustoRequest } from "../wire/kusto/request.ts";
import { v1Body, v1Table } from "../wire/kusto/v1.ts";
import { v2Body } from "../wire/kusto/v2.ts";
import { visualizationText } from "../wire/kusto/visualization.ts";
import { commandContext } from "./commandContext.ts";
import { nowOf } from "./now.ts";

type Version = "v1" | "v2";

/** Kusto's REST endpoints. */
export function kustoRoutes(service: Service, options: { readonly entraShape: boolean }) {
  return async (app: FastifyInstance): Promise<void> => {
    app.setErrorHandler((error, request, reply) => fail(error, request, reply, service));
    app.get("/v1/rest/auth/metadata", { config: { open: true } }, () =>
      options.entraShape ? entraMetadata : { AzureAD: null, dSTS: null },
    );
    app.get("/v1/rest/ping", { config: { open: true } }, () => ({
      ApplicationHealthState: "Healthy",
      ClientAddress: "::1",
    }));
    for (const [path, version] of endpoints) {
      app.post(path, (request, reply) => answer(request.body, version, service, request, reply));
      app.get(path, (request, reply) => answer(request.query, version, service, request, reply));
    }
  };
}

const endpoints: readonly (readonly [string, Version])[] = [
  ["/v2/rest/query", "v2"],
  ["/v1/rest/query", "v1"],
  ["/v1/rest/mgmt", "v1"],
];

const entraMetadata = {
  AzureAD: {
    LoginEndpoint: "https://login.microsoftonline.com",
    LoginMfaRequired: false,
    KustoClientAppId: "db662dc1-0cfe-4e1c-a843-19a68e65be58",
    KustoClientRedirectUri: "https://microsoft/kustoclient",
    KustoServiceResourceId: "https://kusto.kusto.windows.net",
    FirstPartyAuthorityUrl: "https://login.microsoftonline.com/f8cdef31-a31e-4b4a-93e4-5f571e91255a",
  },
  dSTS: null,
};

async function answer(
  body: unknown,
  version: Version,
  service: Service,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const asked = readKustoRequest(body);
  const id = clientRequestId(request);
  reply.header("content-type", "application/json; charset=utf-8");
  const { command, pipeline } = isCommand(asked.text)
    ? splitCommand(asked.text)
    : { command: undefined, pipeline: undefined };
  if (command === undefined) {
    const found = await ask(asked, asked.text, id, service, request, reply);
    return reply.send(Readable.from(bodyOf(found, version, asked, id, service, request)));
  }
  const table = runCommand(command, await commandContext(service, request));
  if (pipeline === undefined) return reply.send(v1Table(table));
  const found = await ask(asked, `${asDatatable(table)} | ${pipeline}`, id, service, request, reply);
  return reply.send(Readable.from(bodyOf(found, "v1", asked, id, service, request)));
}

async function ask(
  { options, parameters }: KustoRequest,
  text: string,
  id: string,
  service: Service,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Answer> {
  const { limits } = service;
  const asked: QueryRequest = {
    text,
    now: options.now ?? (await nowOf(service)),
    timeoutMs: Math.min(options.timeoutMs ?? limits.timeoutMs, limits.longestMs),
    ...rowLimitOf(options),
    ...(options.scope === undefined ? {} : { scope: options.scope }),
    ...(parameters.size === 0 ? {} : { parameters }),
  };
  return service.answers.written(
    { request: asked, client: request.client.name, id, signal: goneSignal(request, reply) },
    { kind: "arrays", dynamic: "value" },
  );
}

/** One limit cuts an answer in silence, the other ends it with an error; the engine stops at the one that comes first. */
function rowLimitOf({ takeMost, truncation }: KustoRequest["options"]): { readonly rowLimit?: number } {
  const most = Math.min(takeMost ?? Number.POSITIVE_INFINITY, truncation?.records ?? Number.POSITIVE_INFINITY);
  return most === Number.POSITIVE_INFINITY ? {} : { rowLimit: most };
}

function bodyOf(
  found: Answer,
  version: Version,
  asked: KustoRequest,
  id: string,
  service: Service,
  request: FastifyRequest,
): AsyncGenerator<BodyPart, void, undefined> {
  const about = errorContext(request, id, service, asked.text);
  const most = { records: Number.POSITIVE_INFINITY, bytes: service.limits.answerBytes };
  const context: BodyContext = {
    clientRequestId: id,
    activityId: request.activityId,
    visualization: visualizationText(found.render),
    now: () => formatDatetime(clock()),
    limited: (pieces) => within(pieces, limitOf(asked.options) ?? most),
    failureText: (error) => messageOf(told(error), about),
    isCancelled: (error) => error instanceof ServeError && error.code === "Cancelled",
    failureBody: (error) => oneApiError(told(error), about).body,
  };
  return version === "v2" ? v2Body(found, asked.options.frames ?? plainFrames, context) : v1Body(found, context);
}

/** Where the client itself wants fewer rows than would be too many, none are too many. */
function limitOf({ takeMost, truncation }: KustoRequest["options"]): Truncation | undefined {
  if (truncation === undefined || takeMost === undefined || takeMost > truncation.records) return truncation;
  return { ...truncation, records: Number.POSITIVE_INFINITY };
}

function messageOf(error: unknown, about: ErrorContext): string {
  return String(oneApiError(error, about).body.error["@message"]);
}

function errorContext(request: FastifyRequest, id: string, service: Service, text: string): ErrorContext {
  return { clientRequestId: id, activityId: request.activityId, database: service.database, text };
}

function fail(error: unknown, request: FastifyRequest, reply: FastifyReply, service: Service): FastifyReply {
  const text = error instanceof QueryFault ? error.text : "";
  const about = errorContext(request, clientRequestId(request), service, text);
  const { status, body } = oneApiError(explainTo(reply, error), about);
  return reply.status(status).header("content-type", "application/json; charset=utf-8").send(body);
}
