import { type AccountKind, type ParentKind, windowsLibraries, windowsPrograms } from "../facts/windows.ts";
import { microsoftCertificate } from "./certificate.ts";
import { describeFile, type FileFact } from "./file.ts";

/** How a program is started. */
export interface Launch {
  readonly account: AccountKind;
  readonly parent: ParentKind;
  readonly commands: readonly string[];
  readonly hosts: readonly string[];
}

export interface Program {
  readonly executable: FileFact;
  readonly libraries: readonly FileFact[];
  readonly launch: Launch;
}

export interface WindowsFileFact {
  readonly file: string;
  readonly folder: string;
  readonly description: string;
  readonly product?: string;
  readonly signer?: string;
}

const windowsVersion = "10.0.22621.4391";

export function windowsFile(fact: WindowsFileFact, seed: number, nowMs: number): FileFact {
  return describeFile({
    folder: fact.folder,
    name: fact.file,
    content: `${seed}/windows/${fact.folder}/${fact.file}`,
    certificate: microsoftCertificate(nowMs, fact.signer ?? "Microsoft Windows"),
    version: {
      company: "Microsoft Corporation",
      product: fact.product ?? "Microsoft® Windows® Operating System",
      version: windowsVersion,
      internalName: fact.file.replace(/\.\w+$/, ""),
      originalName: fact.file.toUpperCase(),
      description: fact.description,
    },
  });
}

export function createWindowsPrograms(seed: number, nowMs: number): Program[] {
  return windowsPrograms.map((fact) => ({
    executable: windowsFile(fact, seed, nowMs),
    libraries: [],
    launch: { account: fact.account, parent: fact.parent, commands: fact.commands, hosts: fact.hosts ?? [] },
  }));
}

export function createWindowsLibraries(seed: number, nowMs: number): FileFact[] {
  return windowsLibraries.map((name) =>
    windowsFile({ file: `${name}.dll`, folder: "C:\\Windows\\System32", description: `${name} library` }, seed, nowMs),
  );
}

export function fillCommand(command: string, word: () => number): string {
  if (!command.includes("{")) return command;
  return command.replace(/\{(n|hex|guid)\}/g, (_, kind: string) => {
    if (kind === "n") return String(word() % 10_000);
    const hex = (): string => word().toString(16).padStart(8, "0");
    if (kind === "hex") return hex();
    const text = hex() + hex() + hex() + hex();
    return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join("-");
  });
}
