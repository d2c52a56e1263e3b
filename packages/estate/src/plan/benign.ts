import { driverFile } from "../model/catalogue.ts";
import { vendorCertificate } from "../model/certificate.ts";
import { describeFile, type FileFact } from "../model/file.ts";
import type { PlanContext } from "./context.ts";
import { type Scenario, scenarios } from "./scenarios.ts";
import { stageScenario } from "./stage.ts";
import { drawVisits } from "./visits.ts";

/** The scenarios as they are on most days: with files that no rule looks for. */
export function playBenignScenarios(context: PlanContext): void {
  const devices = Math.min(40, Math.max(2, Math.round(context.devices.length * 0.04)));
  for (const scenario of scenarios) {
    const file = ordinaryFile(context, scenario);
    for (let turn = 0; turn < devices; turn++) {
      const { install, later } = drawVisits(context.random, context.span, "old-and-recent", context.random.below(3));
      stageScenario(context, { scenario, device: context.anyDevice(scenario.role), file, ticks: [install, ...later] });
    }
  }
}

function ordinaryFile(context: PlanContext, scenario: Scenario): FileFact {
  const { seed, nowMs } = context;
  if (scenario.id === "mecm-driver") return driverFile("nettap64.sys", scenario.folder, seed, nowMs);
  const signer = "Harborview Instruments GmbH";
  const name = `${scenario.id.replaceAll("-", "_")}_helper.dll`;
  const certificate = vendorCertificate({ nowMs, signer });
  return describeFile({ folder: scenario.folder, name, content: `${seed}/ordinary/${name}`, certificate });
}
