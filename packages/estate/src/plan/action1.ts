import { ticksPerDay, ticksPerHour } from "../clock.ts";
import { type RemoteToolFact, remoteTools } from "../facts/remoteTools.ts";
import type { Device } from "../model/device.ts";
import { portalDays } from "../portalDays.ts";
import { agentFile, impostorFile } from "./agents.ts";
import type { PlanContext } from "./context.ts";
import { disguises, playDisguised } from "./hidden.ts";
import { scenarios } from "./scenarios.ts";
import { stageScenario } from "./stage.ts";
import { playApproved, playAttacker, playImpostor, playSignedMalicious } from "./stories.ts";
import { type Age, drawVisits, lookbackStart, type Visits } from "./visits.ts";

/** What the founding rule looks for. */
export const foundingSigner = "Action1 Corporation";

/** Signers that only look like it; `has 'Action1 Corporation'` must pass all of them by. */
const lookAlikes = ["Action1x Corporation", "Action 1 Corp", "MyAction1 Corporation", "Action1 Corporations Ltd"];

/** The founding tool, on a handful of devices of every class, each device for one reason only. */
export function plantAction1(context: PlanContext): void {
  const tool = action1();
  const draw = (age: Age, count = 3): Visits => drawVisits(context.random, context.span, age, count);
  const base = { tool, signer: foundingSigner };
  const workstation = (): { readonly device: Device } => ({ device: context.takeDevice("workstation") });

  for (const age of ["old", "old-and-recent", "recent"] as const) {
    playApproved(context, { ...base, ...workstation(), visits: draw(age, 4) });
  }
  const edge = lookbackStart(context.span);
  playApproved(context, { ...base, ...workstation(), visits: edgeVisits(context, edge), checks: [edge - 1, edge] });

  const attackers: readonly [Age, boolean][] = [
    ["recent", false],
    ["recent", true],
    ["old-and-recent", true],
    ["old", true],
  ];
  for (const [age, renamed] of attackers) {
    playAttacker(context, { ...base, ...workstation(), visits: draw(age), renamed });
  }
  for (const disguise of disguises) {
    playDisguised(context, { ...base, ...workstation(), visits: draw("recent", 2), disguise });
  }

  for (const age of ["recent", "old-and-recent"] as const) {
    playSignedMalicious(context, { ...base, ...workstation(), visits: draw(age, 2) });
  }
  const folder = "C:\\ProgramData\\Oracle\\Java\\bin";
  const forged = impostorFile(context, {
    folder,
    name: "jp2launcher.exe",
    signer: "ACTION1 CORPORATION",
    selfSigned: true,
  });
  playImpostor(context, { class: "signed-malicious", tool, ...workstation(), visits: draw("recent", 2), file: forged });

  for (const signer of lookAlikes) {
    const file = impostorFile(context, { folder: "C:\\Program Files\\Lookalike", name: "lookalike.exe", signer });
    playImpostor(context, { class: "near-miss", tool, ...workstation(), visits: draw("old-and-recent", 3), file });
  }

  for (const scenario of scenarios) {
    for (const age of ["recent", "old-and-recent"] as const) {
      const { install, later } = draw(age, 1);
      const name = scenario.id === "mecm-driver" ? "action1_drv.sys" : "action1_remote.dll";
      const file = agentFile(context, tool, { folder: scenario.folder, name, signer: foundingSigner });
      const device = context.takeDevice(scenario.role);
      stageScenario(context, { scenario, device, file, ticks: [install, ...later], tool: tool.tool });
    }
  }
}

/**
 * Installed before the look-back, and seen within it on the day that comes as a portal export. With checks one tick
 * (100 ns) before the look-back and on its very edge, this device tells engines that round time from those that don't.
 */
function edgeVisits(context: PlanContext, edge: number): Visits {
  const portalNoon = portalDays(context.span).both * ticksPerDay + 12 * ticksPerHour;
  return { install: edge - 4 * ticksPerDay, later: [portalNoon] };
}

function action1(): RemoteToolFact {
  const tool = remoteTools.find((fact) => fact.tool === "Action1");
  if (tool === undefined) throw new RangeError("the facts about remote-management tools lack Action1");
  return tool;
}
