import { foldJournal, provenText, readJournal, reviewExclusions, tunedForms } from "@goshawk/hunt";
import type { FastifyInstance } from "fastify";
import { huntBackend } from "../engines/huntBackend.ts";
import { goneSignal } from "../http/client.ts";
import { ServeError } from "../http/serveError.ts";
import { type Content, wantedRules } from "../hunts/content.ts";
import { eventTimeIn } from "../hunts/eventTime.ts";
import { nowOf } from "../routes/now.ts";
import type { Service } from "../service.ts";
import { nowIn } from "./query.ts";
import { anything, listOf, object, route, text, texts } from "./schemas.ts";

/** What the server's exclusions did so far, and rules with them as KQL that needs nothing else. */
export function exclusionRoutes(app: FastifyInstance, service: Service, content: Content): void {
  app.get(
    "/exclusions/review",
    {
      schema: route("exclusions", "Which exclusions are expired, broken, stale or drifting", {
        querystring: object({
          days: { type: "number", exclusiveMinimum: 0, default: 30, description: "Days without effect: stale." },
          drift: { type: "number", exclusiveMinimum: 0, default: 3, description: "Times as much as usual." },
        }),
        response: { 200: object({ reviews: listOf(anything), problems: listOf(anything) }) },
      }),
    },
    async (request) => {
      const { days = 30, drift = 3 } = request.query as { readonly days?: number; readonly drift?: number };
      const { exclusions, problems } = await content.exclusions();
      const today = new Date().toISOString().slice(0, 10);
      const { entries } = await readJournal(service.store.folder);
      return {
        reviews: reviewExclusions(exclusions, entries, { today, staleDays: days, drift }).map(
          ({ exclusion, notes, runs, hides, lastHid }) => ({
            exclusion: exclusion.id,
            owner: exclusion.owner,
            expires: exclusion.expires,
            file: content.shown(exclusion.path),
            notes,
            runs,
            hides,
            lastHid: lastHid ?? null,
          }),
        ),
        problems: problems.map((item) => ({ ...item, path: content.shown(item.path) })),
      };
    },
  );
  app.post(
    "/exclusions/export",
    {
      schema: route("exclusions", "A rule with the server's exclusions as KQL, proven to answer as the hunt does", {
        body: object(
          {
            rule: { ...text, description: "The id of one of the server's rules." },
            exclusions: { ...texts, description: "Ids; all of the server's unless said." },
            form: { enum: tunedForms, default: "let" },
            now: text,
          },
          ["rule"],
        ),
        response: {
          200: object({ text, proof: text, left: { ...texts, description: "Drafts and expired ones." } }),
          422: { description: "No text would do what the hunt does.", ...anything },
        },
      }),
    },
    async (request, reply) => {
      const asked = request.body as ExportBody;
      const [rule] = (await wantedRules(content, { rules: [asked.rule] })).rules;
      if (rule === undefined)
        throw new ServeError(400, "UnknownRule", `There is no rule '${asked.rule.slice(0, 80)}'.`);
      const { exclusions } = await content.exclusions();
      const unknown = asked.exclusions?.find((id) => exclusions.every((one) => one.id !== id));
      if (unknown !== undefined)
        throw new ServeError(400, "UnknownExclusion", `There is no exclusion '${unknown.slice(0, 80)}'.`);
      const held = await service.tables.newest();
      try {
        const records = foldJournal((await readJournal(service.store.folder)).entries);
        const { now, form, exclusions: ids } = asked;
        const wanted = ids === undefined ? exclusions : exclusions.filter(({ id }) => ids.includes(id));
        const proven = await provenText(rule, wanted, {
          backend: huntBackend(service, held, request.client.name),
          form,
          now: await nowOf(service, now === undefined ? service.now : nowIn(now)),
          today: new Date().toISOString().slice(0, 10),
          eventTime: eventTimeIn(held.snapshot),
          stored: new Map(held.snapshot.tables.map((table) => [table.name, table])),
          truePositives: new Set(records.flatMap((item) => (item.verdict === "true-positive" ? [item.id] : []))),
          lists: [],
          signal: goneSignal(request, reply),
        });
        if ("refused" in proven) throw new ServeError(422, "NotExported", proven.refused);
        return proven;
      } finally {
        held.done();
      }
    },
  );
}

interface ExportBody {
  readonly rule: string;
  readonly exclusions?: readonly string[];
  readonly form: (typeof tunedForms)[number];
  readonly now?: string;
}
