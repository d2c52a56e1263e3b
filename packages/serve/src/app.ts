import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from "fastify";
import { explainTo } from "./http/explain.ts";
import { type GuardOptions, guard } from "./http/guards.ts";
import { readJsonBodies } from "./http/json.ts";
import type { Content } from "./hunts/content.ts";
import type { Hunts } from "./hunts/hunts.ts";
import { uploadsInto } from "./ingest/upload.ts";
import { registerApi } from "./routes/api.ts";
import { huntingRoutes } from "./routes/hunting.ts";
import { kustoRoutes } from "./routes/kusto.ts";
import { logAnalyticsRoutes } from "./routes/logAnalytics.ts";
import { stateRoutes } from "./routes/state.ts";
import { streamingIngestRoutes } from "./routes/streamingIngest.ts";
import type { Service } from "./service.ts";

export interface AppOptions extends GuardOptions {
  readonly content: Content;
  readonly hunts: Hunts;
  readonly logger: FastifyBaseLogger;
  /** Say the sign-in of Entra in the metadata, for clients that insist on it. */
  readonly entraShape?: boolean;
  /** Key and certificate, in PEM. */
  readonly tls?: { readonly key: string; readonly cert: string };
}

/** Bytes of a body, uploads aside. */
const BODY_BYTES = 4 * 2 ** 20;

/** A client has so long to send its headers, and then its body. */
const HEADERS_MS = 20_000;
const BODY_MS = 60_000;
const MOST_CONNECTIONS = 2000;

/** The server, not yet listening. */
export async function createApp(service: Service, options: AppOptions): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: options.logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_BYTES,
    ajv: { customOptions: { removeAdditional: false, coerceTypes: true } },
    // An upload may take long; what takes no upload is held to `BODY_MS`.
    requestTimeout: 0,
    forceCloseConnections: true,
    routerOptions: { ignoreDuplicateSlashes: true, caseSensitive: false, maxParamLength: 300 },
    ...(options.tls === undefined ? {} : { https: options.tls }),
  } as { readonly loggerInstance: FastifyBaseLogger }) as unknown as FastifyInstance;
  app.server.maxConnections = MOST_CONNECTIONS;
  app.server.headersTimeout = HEADERS_MS;
  readJsonBodies(app, BODY_MS);
  guard(app, options);
  logRequests(app);
  app.setNotFoundHandler((_request, reply) =>
    reply.status(404).send({ error: { code: "NotFound", message: "There is nothing at this address." } }),
  );
  app.setErrorHandler((error, _request, reply) => {
    const known = explainTo(reply, error);
    const [status, code] = "status" in known ? [known.status, known.code] : [400, "BadRequest"];
    return reply.status(status).send({ error: { code, message: known.message } });
  });
  const upload = uploadsInto(service);
  await registerApi(app, { service, content: options.content, hunts: options.hunts, upload });
  await app.register(stateRoutes(service));
  await app.register(streamingIngestRoutes(service, upload));
  await app.register(kustoRoutes(service, { entraShape: options.entraShape === true }));
  await app.register(logAnalyticsRoutes(service));
  await app.register(huntingRoutes(service));
  return app;
}

/** What was called and how it went: no address with a query in it, no body, no event. */
function logRequests(app: FastifyInstance): void {
  app.addHook("onResponse", async (request, reply) => {
    request.log.info({
      method: request.method,
      route: request.routeOptions.url ?? "none",
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      activity: request.activityId,
    });
  });
}
