import { type RemoteToolFact, remoteTools } from "../facts/remoteTools.ts";
import type { Device } from "../model/device.ts";
import { pick } from "../random.ts";
import { impostorFile, signersOf } from "./agents.ts";
import type { PlanContext } from "./context.ts";
import { playApproved, playAttacker, playImpostor, playSignedMalicious } from "./stories.ts";
import { type Age, drawVisits } from "./visits.ts";

type Story = "approved" | "attacker" | "renamed" | "signed-malicious";

const stories: readonly Story[] = ["approved", "attacker", "signed-malicious", "approved", "renamed", "approved"];
const ages: readonly Age[] = ["recent", "old-and-recent", "old", "old-and-recent", "recent"];

/** Every other remote-management tool, on up to `perTool` devices each. */
export function plantOtherTools(context: PlanContext, perTool: number): void {
  remoteTools.forEach((tool, place) => {
    if (tool.tool === "Action1") return;
    const taken = new Set<Device>();
    for (let turn = 0; turn < perTool; turn++) {
      const story = stories[(place + turn) % stories.length] ?? "approved";
      plantTool(context, {
        tool,
        device: freshDevice(context, taken),
        story,
        age: ages[(place + turn * 2) % ages.length] ?? "recent",
      });
    }
  });
  plantServerRoot(context);
}

interface Placing {
  readonly tool: RemoteToolFact;
  readonly device: Device;
  readonly story: Story;
  readonly age: Age;
}

function plantTool(context: PlanContext, { tool, device, story, age }: Placing): void {
  const visits = drawVisits(context.random, context.span, age, 1 + context.random.below(3));
  const names = signersOf(tool);
  const signer = names.length === 0 ? undefined : pick(context.random, names);
  if (story === "approved") playApproved(context, { tool, signer, device, visits });
  else if (story === "signed-malicious" && signer !== undefined)
    playSignedMalicious(context, { tool, signer, device, visits });
  else playAttacker(context, { tool, signer, device, visits, renamed: story !== "attacker" });
}

/** MeshCentral agents are signed by a root of their own server, which a search for the product's name passes by. */
function plantServerRoot(context: PlanContext): void {
  const tool = remoteTools.find((fact) => fact.tool === "MeshCentral");
  if (tool === undefined) return;
  const file = impostorFile(context, {
    folder: "C:\\Program Files\\Mesh Agent",
    name: "MeshAgent.exe",
    signer: "MeshCentralRoot-3f2a1c",
    selfSigned: true,
  });
  const visits = drawVisits(context.random, context.span, "old-and-recent", 3);
  playImpostor(context, { class: "near-miss", tool, device: context.anyDevice("workstation"), visits, file });
}

function freshDevice(context: PlanContext, taken: Set<Device>): Device {
  for (;;) {
    const device = pick(context.random, context.devices);
    if (taken.has(device)) continue;
    taken.add(device);
    return device;
  }
}
