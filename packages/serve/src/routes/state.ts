import type { FastifyInstance } from "fastify";
import type { Service } from "../service.ts";

/** Whether the server lives, whether it can answer, and its numbers. */
export function stateRoutes(service: Service) {
  return async (app: FastifyInstance): Promise<void> => {
    app.get("/healthz", { config: { open: true } }, () => ({ status: "ok" }));
    app.get("/readyz", { config: { open: true } }, async (_request, reply) => {
      const held = await service.tables.newest().catch(() => undefined);
      held?.done();
      return reply.status(held === undefined ? 503 : 200).send({ status: held === undefined ? "not ready" : "ready" });
    });
    app.get("/metrics", async (_request, reply) =>
      reply.type(service.metrics.contentType).send(await service.metrics.text()),
    );
  };
}
