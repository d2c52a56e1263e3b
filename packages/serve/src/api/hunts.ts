import { Readable } from "node:stream";
import { stateOf } from "@goshawk/hunt";
import type { FastifyInstance, FastifyReply } from "fastify";
import { ServeError } from "../http/serveError.ts";
import { type Content, exclusionJson, wantedRules } from "../hunts/content.ts";
import type { Hunts, RunningHunt } from "../hunts/hunts.ts";
import { outcomeJson } from "../hunts/outcomeJson.ts";
import { previewExclusions } from "../hunts/preview.ts";
import { audit } from "../security/audit.ts";
import type { Service } from "../service.ts";
import { nowIn } from "./query.ts";
import { anything, listOf, number, object, route, text, texts } from "./schemas.ts";

const huntState = object({
  id: text,
  by: text,
  started: text,
  state: { enum: ["running", "done", "cancelled", "failed"] },
  progress: object({ done: number, total: number, rule: text }),
  outcomes: listOf(anything),
});
const withId = object({ id: text }, ["id"]);

/** Rules, exclusions, and hunts with them. */
export function huntRoutes(app: FastifyInstance, service: Service, content: Content, hunts: Hunts): void {
  app.get(
    "/rules",
    {
      schema: route("rules", "The server's rules, and what is odd about their files", { response: { 200: anything } }),
    },
    async () => {
      const files = await content.ruleFiles();
      return {
        rules: files.flatMap((file) =>
          file.rules.map(({ id, name, description, kind, severity, tactics, techniques, query, path }) => ({
            id,
            name,
            description,
            kind,
            severity,
            tactics,
            techniques,
            query,
            file: content.shown(path),
          })),
        ),
        problems: files.flatMap((file) => file.problems.map((item) => ({ ...item, path: content.shown(item.path) }))),
      };
    },
  );
  app.get(
    "/exclusions",
    {
      schema: route("exclusions", "The server's exclusions, and whether they are applied", {
        response: { 200: anything },
      }),
    },
    async () => {
      const { exclusions, problems } = await content.exclusions();
      const today = new Date().toISOString().slice(0, 10);
      return {
        exclusions: exclusions.map((item) => exclusionJson(item, stateOf(item, today), content.shown)),
        problems: problems.map((item) => ({ ...item, path: content.shown(item.path) })),
      };
    },
  );
  app.post(
    "/exclusions/preview",
    {
      schema: route("exclusions", "What exclusions would hide, before they do", {
        body: object(
          {
            exclusions: { ...text, maxLength: 1_000_000, description: "A file of exclusions, in YAML." },
            rules: { ...texts, description: "Ids of rules; all of the server's unless said." },
            now: text,
          },
          ["exclusions"],
        ),
        response: { 200: anything },
      }),
    },
    async (request) => {
      const asked = request.body as {
        readonly exclusions: string;
        readonly rules?: readonly string[];
        readonly now?: string;
      };
      const { rules } = await wantedRules(content, asked.rules === undefined ? {} : { rules: asked.rules });
      const now = asked.now === undefined ? {} : { now: nowIn(asked.now) };
      return previewExclusions(asked.exclusions, rules, service, { client: request.client.name, ...now });
    },
  );
  app.post(
    "/hunts",
    {
      config: { right: "hunt" },
      schema: route("hunts", "Start a hunt", {
        body: object({
          rules: { ...texts, description: "Ids of the server's rules; all of them unless said." },
          text: {
            ...text,
            maxLength: 500_000,
            description: "A rule file to hunt with instead: YAML, KQL or Markdown.",
          },
          now: text,
          title: { ...text, maxLength: 200 },
          exclusions: { type: "boolean", default: true, description: "Apply the server's exclusions." },
          record: { type: "boolean", default: true, description: "Add to the store's findings." },
        }),
        response: { 202: huntState },
      }),
    },
    async (request, reply) => {
      const asked = (request.body ?? {}) as HuntBody;
      const { rules, unknown } = await wantedRules(content, asked);
      if (unknown.length > 0)
        throw new ServeError(
          400,
          "UnknownRule",
          `There is no rule ${unknown.map((id) => `'${id.slice(0, 80)}'`).join(", ")}.`,
        );
      if (rules.length === 0)
        throw new ServeError(
          400,
          "NoRule",
          "There is no rule to hunt with: give 'text', or start the server with --rules.",
        );
      const loaded = asked.exclusions === false ? { exclusions: [], problems: [] } : await content.exclusions();
      const by = request.client.who;
      const title = asked.title ?? (rules.length === 1 ? (rules[0]?.name ?? "") : `${rules.length} rules`);
      const hunt = hunts.start({
        rules,
        exclusions: loaded.exclusions,
        record: asked.record !== false,
        title,
        by,
        client: request.client.name,
        ...(asked.now === undefined ? {} : { now: nowIn(asked.now) }),
      });
      await audit(service.store.folder, {
        at: hunt.started,
        by,
        what: "hunt",
        on: [hunt.id],
        change: { title, rules: rules.length },
      });
      return reply.status(202).send(stateJson(hunt));
    },
  );
  app.get(
    "/hunts",
    { schema: route("hunts", "The hunts of this process", { response: { 200: listOf(huntState) } }) },
    () => hunts.list().map((hunt) => ({ ...stateJson(hunt), outcomes: [] })),
  );
  app.get(
    "/hunts/:id",
    {
      schema: route("hunts", "How far a hunt is, and what it found", { params: withId, response: { 200: huntState } }),
    },
    (request) => stateJson(found(hunts, request.params)),
  );
  app.delete(
    "/hunts/:id",
    {
      config: { right: "hunt" },
      schema: route("hunts", "Cancel a hunt", { params: withId, response: { 200: huntState } }),
    },
    (request) => {
      const hunt = found(hunts, request.params);
      hunt.cancel();
      return stateJson(hunt);
    },
  );
  app.get(
    "/hunts/:id/events",
    {
      schema: route("hunts", "Progress as server-sent events: 'progress', and at last 'end' with what it found", {
        params: withId,
        response: { 200: { description: "The events.", content: { "text/event-stream": { schema: text } } } },
      }),
    },
    (request, reply) => events(found(hunts, request.params), reply),
  );
}

interface HuntBody {
  readonly rules?: readonly string[];
  readonly text?: string;
  readonly now?: string;
  readonly title?: string;
  readonly exclusions?: boolean;
  readonly record?: boolean;
}

function found(hunts: Hunts, params: unknown): RunningHunt {
  const hunt = hunts.get((params as { readonly id: string }).id);
  if (hunt === undefined) throw new ServeError(404, "NotFound", "There is no such hunt.");
  return hunt;
}

function stateJson({ id, by, started, state, progress, outcomes }: RunningHunt): object {
  return { id, by, started, state, progress, outcomes: outcomes.map(outcomeJson) };
}

function events(hunt: RunningHunt, reply: FastifyReply): FastifyReply {
  const stream = new Readable({ read: () => undefined });
  const say = (name: string, data: object): void => {
    stream.push(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
  };
  const progress = (): void => say("progress", hunt.progress);
  const end = (): void => {
    say("end", stateJson(hunt));
    stream.push(null);
  };
  progress();
  if (hunt.state !== "running") end();
  else {
    hunt.events.on("progress", progress);
    hunt.events.once("end", end);
    stream.once("close", () => {
      hunt.events.off("progress", progress);
      hunt.events.off("end", end);
    });
  }
  return reply.type("text/event-stream").send(stream);
}
