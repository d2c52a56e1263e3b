import { vendorCertificate } from "../model/certificate.ts";
import type { Device, DeviceRole } from "../model/device.ts";
import { describeFile, type FileFact, placeFile } from "../model/file.ts";
import { after, type PlanContext } from "./context.ts";
import type { ScenarioId } from "./plant.ts";
import { openScript, type Script } from "./script.ts";

/** One way in which benign activity brings a file onto a device. */
export interface Scenario {
  readonly id: ScenarioId;
  readonly role: DeviceRole;
  /** Where the file ends up. */
  readonly folder: string;
  /** The program that writes it there. */
  readonly createdBy: string;
  readonly act: (context: PlanContext, scene: Scene) => void;
}

export interface Scene {
  readonly script: Script;
  readonly device: Device;
  readonly file: FileFact;
  readonly tick: number;
}

const powershellFolder = "C:\\Windows\\System32\\WindowsPowerShell\\v1.0";
const samFolder = "C:\\Program Files\\SolarWinds\\Orion\\APM";

const mecm: Scenario = {
  id: "mecm-driver",
  role: "workstation",
  folder: "C:\\Windows\\System32\\DriverStore\\FileRepository\\agentdrv.inf_amd64_3c1f",
  createdBy: "pnputil.exe",
  act: (context, { script, device, file, tick }) => {
    const cache = `C:\\Windows\\ccmcache\\${(1 + context.random.below(90)).toString(36)}`;
    const task = context.residents(device).schedule;
    const install = `msiexec.exe /i "${cache}\\package.msi" /qn REBOOT=ReallySuppress`;
    const installer = script.start(
      tick,
      { file: context.system("msiexec.exe"), commandLine: install, account: "system" },
      task,
    );
    script.create(after(context, tick, 2), placeFile(file, cache), installer);
    const add = `pnputil.exe /add-driver "${cache}\\agentdrv.inf" /install`;
    const adder = script.start(
      after(context, tick, 5),
      { file: context.system("pnputil.exe"), commandLine: add, account: "system" },
      installer,
    );
    appear(context, { script, device, file, tick: after(context, tick, 7) }, adder);
  },
};

const solarwinds: Scenario = {
  id: "solarwinds-sam",
  role: "server",
  folder: "C:\\ProgramData\\SolarWinds\\Orion\\APM\\Probes",
  createdBy: "SolarWinds.SAM.exe",
  act: (context, scene) => {
    const { script, device, tick } = scene;
    const program = samProgram(context, samFolder);
    openScript(context, device).certify(after(context, tick, 1), program);
    const monitor = script.start(
      tick,
      {
        file: program,
        commandLine: `"${samFolder}\\SolarWinds.SAM.exe" --poll`,
        account: "system",
      },
      context.residents(device).services,
    );
    appear(context, { ...scene, tick: after(context, tick, 3) }, monitor);
    for (const port of [135, 5985, 445]) {
      const { name: host, ip } = context.anyDevice("server");
      script.connect(after(context, tick, 8), monitor, { host, port, ip });
    }
  },
};

const windowsUpdate: Scenario = {
  id: "windows-update",
  role: "workstation",
  folder: "C:\\Windows\\SoftwareDistribution\\WindowsUpdate\\KB5044285",
  createdBy: "wusa.exe",
  act: (context, scene) => {
    const update = "C:\\Windows\\SoftwareDistribution\\Download\\windows11.0-kb5044285-x64.msu";
    const install = `"C:\\Windows\\System32\\wusa.exe" "${update}" /quiet /norestart`;
    const installer = scene.script.start(
      scene.tick,
      { file: context.system("wusa.exe"), commandLine: install, account: "system" },
      context.residents(scene.device).windowsUpdate,
    );
    appear(context, { ...scene, tick: after(context, scene.tick, 6) }, installer);
  },
};

const devops: Scenario = {
  id: "devops-powershell",
  role: "build",
  folder: "D:\\DevOpsScripts\\staging",
  createdBy: "powershell.exe",
  act: (context, scene) => {
    const run = `powershell.exe -NoProfile -NonInteractive -File D:\\DevOpsScripts\\Set-Baseline.ps1 -Run ${context.random.below(9000)}`;
    const shell = scene.script.start(
      scene.tick,
      { file: context.system("powershell.exe", powershellFolder), commandLine: run, account: "system" },
      context.residents(scene.device).schedule,
    );
    appear(context, { ...scene, tick: after(context, scene.tick, 4) }, shell);
  },
};

/** On the machine that is being helped: the clipboard of the session writes the file. */
const helpedByRemoteDesktop: Scenario = {
  id: "remote-desktop",
  role: "workstation",
  folder: "C:\\Users\\Public\\Desktop\\troubleshooting",
  createdBy: "rdpclip.exe",
  act: (context, scene) => {
    const helper = context.anyDevice("workstation");
    const session = { deviceName: helper.name.split(".")[0] ?? helper.name, ip: helper.ip };
    const clipboard = scene.script.start(
      scene.tick,
      { file: context.system("rdpclip.exe"), commandLine: "rdpclip", account: "admin", session },
      context.residents(scene.device).termService,
    );
    appear(context, { ...scene, tick: after(context, scene.tick, 20) }, clipboard);
  },
};

/** On the administrator's machine: a child of the remote desktop client writes the file. */
const helpsByRemoteDesktop: Scenario = {
  id: "remote-desktop",
  role: "workstation",
  folder: "C:\\Users\\Public\\Documents\\collected",
  createdBy: "rundll32.exe",
  act: (context, scene) => {
    const { script, device, tick } = scene;
    const { name: host, ip } = context.anyDevice("server");
    const client = script.start(
      tick,
      { file: context.system("mstsc.exe"), commandLine: `"mstsc.exe" /v:${host}`, account: "admin" },
      context.residents(device).explorer,
    );
    script.connect(after(context, tick, 1), client, { host, port: 3389, ip });
    const child = script.start(
      after(context, tick, 15),
      {
        file: context.system("rundll32.exe"),
        commandLine: "rundll32.exe credui.dll,CredUIPromptForCredentials",
        account: "admin",
      },
      client,
    );
    appear(context, { ...scene, tick: after(context, tick, 20) }, child);
  },
};

export const scenarios: readonly Scenario[] = [
  mecm,
  solarwinds,
  windowsUpdate,
  devops,
  helpedByRemoteDesktop,
  helpsByRemoteDesktop,
];

/** The monitor's program, or something that is called like it. */
export function samProgram(context: PlanContext, folder: string, signer?: string): FileFact {
  const vendor = "SolarWinds Worldwide, LLC";
  return describeFile({
    folder,
    name: "SolarWinds.SAM.exe",
    content: `${context.seed}/sam/${signer ?? vendor}`,
    certificate: vendorCertificate({ nowMs: context.nowMs, signer: signer ?? vendor }),
    version: {
      company: vendor,
      product: "Server & Application Monitor",
      version: "2023.4.2.1039",
      internalName: "SolarWinds.SAM",
      originalName: "SolarWinds.SAM.exe",
      description: "SolarWinds SAM collector",
    },
  });
}

/** Written, loaded and checked, all by or after one process. */
export function appear(context: PlanContext, scene: Scene, by: Parameters<Script["create"]>[2]): void {
  const { script, file, tick } = scene;
  script.create(tick, file, by);
  script.load(after(context, tick, 2), file, by);
  script.certify(after(context, tick, 3), file);
}
