import type { Device } from "../model/device.ts";
import { type FileFact, placeFile } from "../model/file.ts";
import type { PlanContext } from "./context.ts";
import type { Plant } from "./plant.ts";
import type { Scenario } from "./scenarios.ts";
import { openScript } from "./script.ts";

export interface Staging {
  readonly scenario: Scenario;
  readonly device: Device;
  /** Any file; the scenario says where it ends up. */
  readonly file: FileFact;
  readonly ticks: readonly number[];
  /** The remote-management tool that the file belongs to; left out, nothing here is planted. */
  readonly tool?: string;
}

/** Plays a scenario on a device, once at each tick. */
export function stageScenario(context: PlanContext, staging: Staging): void {
  const { scenario, device, ticks, tool } = staging;
  const { id, createdBy } = scenario;
  const file = placeFile(staging.file, scenario.folder);
  const plant: Plant | undefined =
    tool === undefined ? undefined : { class: "scenario", tool, device, file, createdBy, renamed: false, scenario: id };
  const script = openScript(context, device, plant);
  for (const tick of ticks) scenario.act(context, { script, device, file, tick });
  context.stages.set(id, (context.stages.get(id) ?? new Set()).add(device));
}
