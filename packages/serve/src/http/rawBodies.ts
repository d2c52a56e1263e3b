import type { FastifyInstance } from "fastify";

/** Hands bodies on as they come, in place of reading them. */
export function handOnBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
}
