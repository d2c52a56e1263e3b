import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type Answer, told } from "../engines/answers.ts";
import { within } from "../engines/within.ts";
import { clientRequestId, goneSignal } from "../http/client.ts";
import { explain, explainTo } from "../http/explain.ts";
import { ServeError } from "../http/serveError.ts";
import type { Service } from "../service.ts";
import type { BodyPart } from "../wire/kusto/body.ts";
import { visualizationWords } from "../wire/kusto/visualization.ts";
import { logAnalyticsBody } from "../wire/logAnalytics/body.ts";
import { logAnalyticsError, partialError } from "../wire/logAnalytics/errors.ts";
import { isoScope } from "../wire/timespan.ts";
import { nowOf } from "./now.ts";

/** The logs API cuts answers at so many rows and bytes. */
const ROWS = 500_000;
const BYTES = 64 * 2 ** 20;

interface Asked {
  readonly query: string;
  readonly timespan?: string;
}

/** Azure Monitor's logs API, with and without its version. */
export function logAnalyticsRoutes(service: Service) {
  return async (app: FastifyInstance): Promise<void> => {
    app.setErrorHandler((error, request, reply) => {
      const { status, body } = logAnalyticsError(explainTo(reply, error), request.activityId);
      return reply.status(status).send(body);
    });
    for (const version of ["/v1", ""]) {
      for (const path of [`${version}/workspaces/:workspace/query`, `${version}/subscriptions/*`]) {
        app.post(path, (request, reply) => one(request.body, service, request, reply));
        app.get(path, (request, reply) => one(request.query, service, request, reply));
      }
      app.post(`${version}/$batch`, (request, reply) => batch(request.body, service, request, reply));
    }
  };
}

async function one(
  body: unknown,
  service: Service,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const rest = (request.params as { readonly "*"?: string })["*"];
  if (rest !== undefined && !/\/query$/i.test(rest))
    throw new ServeError(404, "PathNotFoundError", "There is nothing at this address.");
  const prefer = preferences(request.headers.prefer);
  const signal = goneSignal(request, reply);
  const text = await answerText(readAsked(body), prefer, service, request, signal);
  return reply.header("content-type", "application/json; charset=utf-8").send(Readable.from(text));
}

async function answerText(
  asked: Asked,
  prefer: Preferences,
  service: Service,
  request: FastifyRequest,
  signal: AbortSignal,
): Promise<AsyncGenerator<BodyPart, void, undefined>> {
  const started = performance.now();
  const { limits } = service;
  const now = await nowOf(service);
  const answer: Answer = await service.answers.written(
    {
      request: {
        text: asked.query,
        now,
        rowLimit: ROWS,
        timeoutMs: Math.min(prefer.waitMs ?? limits.timeoutMs, limits.longestMs),
        ...(asked.timespan === undefined ? {} : { scope: isoScope(asked.timespan, now) }),
      },
      client: request.client.name,
      id: clientRequestId(request),
      signal,
    },
    { kind: "arrays", dynamic: "text" },
  );
  return logAnalyticsBody(answer, {
    statistics: prefer.statistics,
    render: prefer.render,
    visualization: visualizationWords(answer.render),
    started,
    limited: (pieces) => within(pieces, { records: ROWS, bytes: Math.min(BYTES, limits.answerBytes) }),
    partialError: (error) => partialError(explain(told(error), request.log)),
  });
}

function readAsked(body: unknown): Asked {
  const { query, timespan } = (body ?? {}) as { readonly query?: unknown; readonly timespan?: unknown };
  if (typeof query !== "string" || query.trim() === "")
    throw new ServeError(400, "BadArgumentError", "The request has no query: put its KQL into 'query'.");
  if (timespan === undefined || timespan === null || timespan === "") return { query };
  if (typeof timespan !== "string") throw new ServeError(400, "BadArgumentError", "The timespan is no text.");
  return { query, timespan };
}

interface Preferences {
  readonly waitMs?: number;
  readonly statistics: boolean;
  readonly render: boolean;
}

function preferences(header: unknown): Preferences {
  const words = String(header ?? "")
    .split(/[,;]/)
    .map((word) => word.trim().toLowerCase());
  const wait = words.map((word) => /^wait=(\d{1,6})$/.exec(word)?.[1]).find((seconds) => seconds !== undefined);
  return {
    statistics: words.includes("include-statistics=true"),
    render: words.includes("include-render=true"),
    ...(wait === undefined ? {} : { waitMs: Number(wait) * 1000 }),
  };
}

/** As many as Azure takes. */
const MOST_IN_BATCH = 100;

interface BatchItem {
  readonly id?: unknown;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

/** Each query's answer is as if it had been asked alone; they come in order. */
async function batch(
  body: unknown,
  service: Service,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { requests } = (body ?? {}) as { readonly requests?: unknown };
  if (!Array.isArray(requests) || requests.length > MOST_IN_BATCH)
    throw new ServeError(400, "BadArgumentError", `A batch is a list 'requests' of up to ${MOST_IN_BATCH} queries.`);
  const signal = goneSignal(request, reply);
  async function* text(): AsyncGenerator<BodyPart, void, undefined> {
    yield '{"responses":[';
    for (const [at, item] of (requests as readonly BatchItem[]).entries()) {
      const start = `${at === 0 ? "" : ","}{"id":${JSON.stringify(String(item?.id ?? at))},"headers":{},`;
      try {
        const prefer = preferences(item?.headers?.prefer ?? item?.headers?.Prefer);
        const pieces = await answerText(readAsked(item?.body), prefer, service, request, signal);
        yield `${start}"status":200,"body":`;
        yield* pieces;
        yield "}";
      } catch (error) {
        if (signal.aborted) throw error;
        const { status, body: said } = logAnalyticsError(explain(error, request.log), request.activityId);
        yield `${start}"status":${status},"body":${JSON.stringify(said)}}`;
      }
    }
    yield "]}";
  }
  return reply.header("content-type", "application/json; charset=utf-8").send(Readable.from(text()));
}
