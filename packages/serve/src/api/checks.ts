import { loadRules } from "@goshawk/hunt";
import type { FastifyInstance } from "fastify";
import { atMost } from "../http/atMost.ts";
import { goneSignal } from "../http/client.ts";
import { ServeError } from "../http/serveError.ts";
import { type CheckedTexts, checked } from "../hunts/checked.ts";
import type { Content } from "../hunts/content.ts";
import { tested } from "../hunts/tested.ts";
import type { Service } from "../service.ts";
import { anything, listOf, object, route, text, texts } from "./schemas.ts";

/** What can be said of rules without hunting with them. */
export function checkRoutes(app: FastifyInstance, service: Service, content: Content): void {
  const inTurn = atMost(2, "checks and tests");
  app.post(
    "/checks",
    {
      schema: route("rules", "Check rules, as 'goshawk check --store' does", {
        body: object({
          rules: { ...texts, description: "Ids of the server's rules; all of them unless said." },
          text: { ...text, maxLength: 500_000, description: "A rule file to check instead." },
        }),
        response: { 200: object({ problems: listOf(anything), rules: listOf(anything) }) },
      }),
    },
    async (request, reply) => {
      const asked = (request.body ?? {}) as CheckBody;
      const texts = await textsOf(asked, content);
      const signal = goneSignal(request, reply);
      return inTurn(() => checked(texts, service, { client: request.client.name, shown: content.shown, signal }));
    },
  );
  app.post(
    "/tests",
    {
      schema: route("rules", "Run the tests beside the server's rules, as 'goshawk test' does", {
        body: object({ rule: { ...text, description: "A rule's id, or part of its name; all unless said." } }),
        response: {
          200: object({ results: listOf(anything), untested: listOf(anything), problems: listOf(anything) }),
        },
      }),
    },
    (request, reply) => {
      const { rule } = (request.body ?? {}) as { readonly rule?: string };
      return inTurn(() => tested(rule, content, service, goneSignal(request, reply)));
    },
  );
}

interface CheckBody {
  readonly rules?: readonly string[];
  readonly text?: string;
}

async function textsOf({ rules, text: given }: CheckBody, content: Content): Promise<CheckedTexts> {
  if (given !== undefined) return { files: [loadRules(given, "request")], textOf: () => given };
  const texts = new Map<string, string>();
  const all = await content.ruleFiles((path, read) => texts.set(path, read));
  const textOf = (path: string): string => texts.get(path) ?? "";
  if (rules === undefined) return { files: all, textOf };
  const ids = new Set(rules);
  const files = all.filter((file) => file.rules.some((rule) => ids.has(rule.id)));
  const known = new Set(files.flatMap((file) => file.rules.map((rule) => rule.id)));
  const unknown = rules.find((id) => !known.has(id));
  if (unknown !== undefined) throw new ServeError(400, "UnknownRule", `There is no rule '${unknown.slice(0, 80)}'.`);
  return { files, textOf };
}
