import type { Device } from "../model/device.ts";
import type { FileFact } from "../model/file.ts";
import type { ProcessFact } from "../model/process.ts";

/** The false-positive scenarios that a hunter of remote-management signers meets. */
export const scenarioTitles = {
  "mecm-driver": "MECM deploys a signed driver through msiexec.exe, started by a scheduled task",
  "solarwinds-sam": "SolarWinds Server & Application Monitor collects performance data",
  "windows-update": "Windows Update installs an update through wusa.exe",
  "devops-powershell": "DevOps automation in PowerShell creates a file in DevOpsScripts",
  "remote-desktop": "An administrator copies a file in a remote desktop session",
} as const;

export type ScenarioId = keyof typeof scenarioTitles;

/**
 * What a planted file is: `approved` IT use; `attacker` use of a real tool; `signed-malicious`, a file that a vendor's
 * (stolen) certificate signs; `scenario`, the benign by-product of one; `near-miss`, a signer that only looks alike.
 */
export type PlantClass = "approved" | "attacker" | "signed-malicious" | "scenario" | "near-miss";

/** A file put on a device on purpose, and why. */
export interface Plant {
  readonly class: PlantClass;
  /** The remote-management tool it belongs to, or imitates. */
  readonly tool: string;
  readonly device: Device;
  readonly file: FileFact;
  /** The program that wrote the file. */
  readonly createdBy: string;
  /** The tool's own program under another name. */
  readonly renamed: boolean;
  readonly scenario?: ScenarioId;
  /** The scenario whose careless exclusion would hide this one. */
  readonly hidesIn?: ScenarioId;
}

/** The other end of a connection; port 443 and an invented public address unless said otherwise. */
export interface Target {
  readonly host: string;
  readonly port?: number;
  readonly ip?: string;
}

interface At {
  readonly tick: number;
  readonly device: Device;
  /** Absent for the surroundings of a plant. */
  readonly plant: Plant | undefined;
}

export interface CertificateEvent extends At {
  readonly kind: "certificate";
  readonly file: FileFact;
}

export type PlannedEvent =
  | CertificateEvent
  | (At & { readonly kind: "file"; readonly file: FileFact; readonly by: ProcessFact })
  | (At & { readonly kind: "imageLoad"; readonly file: FileFact; readonly by: ProcessFact })
  | (At & { readonly kind: "process"; readonly process: ProcessFact; readonly by: ProcessFact })
  | (At & { readonly kind: "network"; readonly by: ProcessFact; readonly target: Target });
