import { remoteTools } from "../facts/remoteTools.ts";
import type { Device } from "../model/device.ts";
import { plantAction1 } from "./action1.ts";
import { playBenignScenarios } from "./benign.ts";
import { createPlanContext, type PlanInput } from "./context.ts";
import { plantOtherTools } from "./otherTools.ts";
import type { PlannedEvent, ScenarioId } from "./plant.ts";

export interface EstatePlan {
  /** In the order of time. */
  readonly events: readonly PlannedEvent[];
  readonly stages: ReadonlyMap<ScenarioId, ReadonlySet<Device>>;
}

/** Certificate rows that the other tools may take, as a part of all certificate rows. */
const otherToolsShare = 0.2;
const rowsPerTurn = 4 * remoteTools.length;

/** All that is put into the estate on purpose, sized to the number of certificate rows. */
export function planEstate(input: PlanInput, certificateRows: number): EstatePlan {
  const context = createPlanContext(input);
  plantAction1(context);
  const perTool = Math.floor((certificateRows * otherToolsShare) / rowsPerTurn);
  plantOtherTools(context, Math.min(6, Math.max(1, perTool)));
  playBenignScenarios(context);
  return { events: context.events.sort((a, b) => a.tick - b.tick), stages: context.stages };
}
