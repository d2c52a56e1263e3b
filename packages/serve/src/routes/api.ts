import swagger from "@fastify/swagger";
import { positionAt } from "@goshawk/kql/values";
import type { FastifyInstance } from "fastify";
import { checkRoutes } from "../api/checks.ts";
import { dataRoutes, ingestRoutes } from "../api/data.ts";
import { exclusionRoutes } from "../api/exclusionRoutes.ts";
import { findingRoutes } from "../api/findings.ts";
import { huntRoutes } from "../api/hunts.ts";
import { queryRoutes } from "../api/query.ts";
import { reportRoutes } from "../api/reports.ts";
import { scheduleRoutes } from "../api/schedule.ts";
import { storeRoutes } from "../api/storeRoutes.ts";
import { explainTo } from "../http/explain.ts";
import { handOnBodies } from "../http/rawBodies.ts";
import type { Content } from "../hunts/content.ts";
import type { Hunts } from "../hunts/hunts.ts";
import type { Stored, Upload } from "../ingest/upload.ts";
import type { Service } from "../service.ts";

export interface ApiParts {
  readonly service: Service;
  readonly content: Content;
  readonly hunts: Hunts;
  readonly upload: (upload: Upload) => Promise<Stored>;
}

/** Goshawk's own API, and its description made of the routes' schemas. */
export async function registerApi(app: FastifyInstance, parts: ApiParts): Promise<void> {
  await app.register(swagger, {
    hideUntagged: true,
    openapi: {
      openapi: "3.1.0",
      info: { title: "Goshawk", version: parts.service.version, description: "Hunt in your own data with KQL." },
      components: { securitySchemes: { token: { type: "http", scheme: "bearer" } } },
      security: [{}, { token: [] }],
    },
  });
  await app.register(apiRoutes(parts), { prefix: "/api/v1" });
}

function apiRoutes({ service, content, hunts, upload }: ApiParts) {
  return async (app: FastifyInstance): Promise<void> => {
    app.setErrorHandler((error, _request, reply) => {
      const known = explainTo(reply, error);
      if ("status" in known) {
        return reply.status(known.status).send({ error: { code: known.code, message: known.message } });
      }
      const diagnostics = known.diagnostics.map(({ code, severity, message, span }) => ({
        code,
        severity,
        message,
        ...positionAt(known.text, span.start),
      }));
      return reply.status(400).send({ error: { code: "QueryFault", message: known.message, diagnostics } });
    });
    queryRoutes(app, service);
    dataRoutes(app, service);
    huntRoutes(app, service, content, hunts);
    exclusionRoutes(app, service, content);
    checkRoutes(app, service, content);
    scheduleRoutes(app, service, content);
    reportRoutes(app, service);
    findingRoutes(app, service);
    storeRoutes(app, service);
    app.get("/openapi.json", () => app.swagger());
    await app.register(async (scope) => {
      handOnBodies(scope);
      ingestRoutes(scope, service, upload);
    });
  };
}
