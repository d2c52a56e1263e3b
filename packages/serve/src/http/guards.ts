import { randomUUID } from "node:crypto";
import { userInfo } from "node:os";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { may, type Right } from "../security/roles.ts";
import type { TokenCheck } from "../security/tokens.ts";
import { clientRequestId } from "./client.ts";
import { ServeError } from "./serveError.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Answered without a token. */
    open?: boolean;
    /** What a client needs to call it; `read` unless said. */
    right?: Right;
  }
}

export interface GuardOptions {
  /** Checks tokens; without it none is asked for, and everybody who can connect may do everything. */
  readonly tokens?: TokenCheck;
  /** Names, without ports, that a `Host` may have. */
  readonly hosts: readonly string[];
  /** Origins of web pages that may call, such as `https://dataexplorer.azure.com`. */
  readonly origins: readonly string[];
}

/** Names, hosts, origins and tokens are looked at before anything else. */
export function guard(app: FastifyInstance, options: GuardOptions): void {
  const hosts = new Set(options.hosts.map((host) => host.toLowerCase()));
  const origins = new Set(options.origins);
  app.decorateRequest("client", null as never);
  app.decorateRequest("activityId", "");
  app.addHook("onRequest", async (request, reply) => {
    request.activityId = randomUUID();
    reply.header("x-ms-client-request-id", clientRequestId(request));
    reply.header("x-ms-activity-id", request.activityId);
    reply.header("x-content-type-options", "nosniff");
    reply.header("cache-control", "no-store");
    checkHost(request, hosts);
    if (checkOrigin(request, reply, origins)) return reply.status(204).send();
    request.client = await clientOf(request, options.tokens);
  });
}

/** A page of another name that resolves to this address sends that name: it must not be taken for a local client. */
function checkHost(request: FastifyRequest, hosts: ReadonlySet<string>): void {
  const given = request.headers.host ?? "";
  const name = given
    .replace(/:\d+$/, "")
    .replace(/^\[(.*)\]$/, "$1")
    .toLowerCase();
  if (hosts.has(name)) return;
  throw new ServeError(
    421,
    "MisdirectedRequest",
    "This server does not answer to that host name; 'goshawk serve --allow-host' adds one.",
  );
}

/** True when this was the question of a browser whether it may ask. */
function checkOrigin(request: FastifyRequest, reply: FastifyReply, origins: ReadonlySet<string>): boolean {
  const { origin } = request.headers;
  // A page can have an image or a script fetched from here; a browser sends no origin with that, but says whence.
  const elsewhere = ["cross-site", "same-site"].includes(String(request.headers["sec-fetch-site"] ?? ""));
  if (origin === undefined && !elsewhere) return false;
  if (origin === undefined || !origins.has(origin))
    throw new ServeError(
      403,
      "OriginNotAllowed",
      "Web pages of that origin may not call this server; 'goshawk serve --allow-origin' adds one.",
    );
  reply.header("access-control-allow-origin", origin);
  reply.header("vary", "origin");
  reply.header("access-control-expose-headers", "x-ms-activity-id,x-ms-client-request-id");
  if (request.method !== "OPTIONS") return false;
  reply.header("access-control-allow-methods", "GET,POST,PUT,DELETE,OPTIONS");
  reply.header(
    "access-control-allow-headers",
    String(request.headers["access-control-request-headers"] ?? "authorization,content-type"),
  );
  if (request.headers["access-control-request-private-network"] === "true")
    reply.header("access-control-allow-private-network", "true");
  return true;
}

async function clientOf(request: FastifyRequest, tokens: TokenCheck | undefined): Promise<FastifyRequest["client"]> {
  const { open, right } = request.routeOptions.config;
  if (tokens === undefined) return { name: localName(request), who: localUser, role: "admin" };
  if (open === true) return { name: "nobody", who: "nobody", role: "read" };
  const given = /^Bearer (.{1,500})$/i.exec(request.headers.authorization ?? "")?.[1];
  const token = given === undefined ? undefined : await tokens.check(given);
  if (token === undefined)
    throw new ServeError(401, "Unauthorized", "A token is needed: send 'Authorization: Bearer <token>'.");
  const needed = right ?? "read";
  if (!may(token.role, needed))
    throw new ServeError(
      403,
      "Forbidden",
      `A token of the role '${token.role}' may not do this; it needs '${needed}'.`,
    );
  return { name: token.name, who: token.name, role: token.role };
}

const localUser = userName();

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return "unknown";
  }
}

/** Programs on one machine are told apart by what they call themselves, so that they take turns. */
function localName(request: FastifyRequest): string {
  const { "x-ms-app": app, "x-ms-user": user, "user-agent": agent } = request.headers;
  return [request.ip, user, app ?? agent].map((part) => String(part ?? "").slice(0, 80)).join(" ");
}
