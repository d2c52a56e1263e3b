import { durationTicks, nextSlot, pastsIn, readJournal } from "@goshawk/hunt";
import { formatDatetime } from "@goshawk/kql";
import type { FastifyInstance } from "fastify";
import { clock } from "../clock.ts";
import { atMost } from "../http/atMost.ts";
import { goneSignal } from "../http/client.ts";
import { backtested } from "../hunts/backtested.ts";
import type { Content } from "../hunts/content.ts";
import type { Service } from "../service.ts";
import { anything, listOf, number, object, route, text, time } from "./schemas.ts";

const scheduled = object({
  id: text,
  name: text,
  frequency: { type: ["string", "null"], description: "As the rule states it; null for a hunting query." },
  period: { type: ["string", "null"] },
  last: { ...time, description: "The moment that 'goshawk schedule' ran it for last." },
  next: { ...time, description: "When it is due." },
  quietUntil: time,
  told: { ...number, description: "Findings that its alerts have told of." },
});

/** Where schedules stand, and what they would have told in the past. */
export function scheduleRoutes(app: FastifyInstance, service: Service, content: Content): void {
  const inTurn = atMost(2, "backtests");
  app.get(
    "/schedule",
    { schema: route("schedule", "Where each rule's schedule stands", { response: { 200: listOf(scheduled) } }) },
    async () => {
      const pasts = pastsIn((await readJournal(service.store.folder)).entries);
      const now = clock();
      const rules = (await content.ruleFiles()).flatMap((file) => file.rules);
      return rules.map(({ id, name, queryFrequency, queryPeriod }) => {
        const past = pasts.get(id);
        const every = durationTicks(queryFrequency ?? "");
        return {
          id,
          name,
          frequency: queryFrequency ?? null,
          period: queryPeriod ?? null,
          last: past?.last === undefined ? null : formatDatetime(past.last),
          next: every === undefined ? null : formatDatetime(nextSlot({ id, every }, now)),
          quietUntil: past === undefined || past.quietUntil <= now ? null : formatDatetime(past.quietUntil),
          told: past?.told.size ?? 0,
        };
      });
    },
  );
  app.post(
    "/backtests",
    {
      config: { right: "hunt" },
      schema: route("schedule", "Replay a rule's schedule over the past, as 'goshawk backtest' does", {
        body: object(
          {
            rule: { ...text, description: "The id of one of the server's rules." },
            from: { ...text, description: "The first run; the first event unless said." },
            to: { ...text, description: "The last run; the last event unless said." },
            every: { ...text, description: "Such as 1h; the rule's queryFrequency unless said." },
            period: { ...text, description: "Such as 1d; the rule's queryPeriod unless said." },
            exclusions: { type: "boolean", default: true, description: "Compare with the server's exclusions." },
          },
          ["rule"],
        ),
        response: {
          200: object({
            rule: text,
            exclusions: listOf(text),
            days: listOf(
              object({
                day: text,
                runs: number,
                alerts: number,
                fresh: number,
                alertsTuned: number,
                freshTuned: number,
              }),
            ),
            notApplied: { ...listOf(anything), description: "Exclusions that a run went without, and why." },
            hiddenTruth: { ...listOf(text), description: "True positives that the exclusions would have hidden." },
          }),
          422: { description: "The rule can't be replayed.", ...anything },
        },
      }),
    },
    (request, reply) =>
      inTurn(() =>
        backtested(request.body as Parameters<typeof backtested>[0], content, service, {
          client: request.client.name,
          signal: goneSignal(request, reply),
        }),
      ),
  );
}
