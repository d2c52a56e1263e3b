import type { FastifyBaseLogger, FastifyReply } from "fastify";
import { QueryFault, told } from "../engines/answers.ts";
import { ServeError } from "./serveError.ts";

/** Any failure as one that may leave the server; what is our own fault is logged and kept back. */
export function explain(error: unknown, log: FastifyBaseLogger): QueryFault | ServeError {
  const known = told(error);
  if (known instanceof QueryFault) return known;
  if (known instanceof ServeError) {
    if (known.status >= 500) log.error({ reason: messageOf(known.cause ?? known) }, "failed");
    return known;
  }
  const { statusCode, code } = known as { readonly statusCode?: unknown; readonly code?: unknown };
  if (typeof statusCode === "number" && statusCode >= 400 && statusCode < 500)
    return new ServeError(statusCode, typeof code === "string" ? code : "BadRequest", messageOf(known));
  log.error({ reason: messageOf(known) }, "failed");
  return new ServeError(500, "InternalServerError", "The server failed; its log says why.", { permanent: false });
}

/** The same, with the header that says when to come again. */
export function explainTo(reply: FastifyReply, error: unknown): QueryFault | ServeError {
  const known = explain(error, reply.log);
  if (known instanceof ServeError && known.retryAfter !== undefined)
    reply.header("retry-after", String(known.retryAfter));
  return known;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
