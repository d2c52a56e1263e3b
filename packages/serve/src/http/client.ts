import type { ServerResponse } from "node:http";
import type { FastifyRequest } from "fastify";
import type { Role } from "../security/roles.ts";

/** Who asks. */
export interface Client {
  /** Whose turn a query counts as. */
  readonly name: string;
  /** Who is answerable for what is changed: a token's name, or the user whose server this is. */
  readonly who: string;
  readonly role: Role;
}

declare module "fastify" {
  interface FastifyRequest {
    client: Client;
    /** A new id for each request. */
    activityId: string;
  }
}

/** What the client calls its request; the server's name for it, where it has none. */
export function clientRequestId(request: FastifyRequest): string {
  const given = request.headers["x-ms-client-request-id"];
  const text = Array.isArray(given) ? given[0] : given;
  return text === undefined || !/^[\x21-\x7e]{1,200}$/.test(text) ? `goshawk;${request.activityId}` : text;
}

/** Aborted when the client goes away, and when it has its answer: what then still runs for it, runs for nobody. */
export function goneSignal(request: FastifyRequest, reply: { readonly raw: ServerResponse }): AbortSignal {
  const abort = new AbortController();
  const gone = (): void => abort.abort(new Error("the client went away"));
  if (reply.raw.destroyed || request.raw.socket.destroyed) gone();
  else reply.raw.once("close", gone);
  return abort.signal;
}
