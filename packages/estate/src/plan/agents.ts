import type { RemoteToolFact } from "../facts/remoteTools.ts";
import { vendorCertificate } from "../model/certificate.ts";
import { describeFile, type FileFact } from "../model/file.ts";
import type { PlanContext } from "./context.ts";

export interface AgentPlace {
  readonly folder: string;
  /** The name on disk; the tool's own when left out. */
  readonly name?: string;
  /** Absent for a tool that isn't signed. */
  readonly signer: string | undefined;
}

const agentVersion = "5.214.698.1";

/** The genuine program of a tool, wherever it lies and whatever it is called. */
export function agentFile(context: PlanContext, tool: RemoteToolFact, place: AgentPlace): FileFact {
  const { signer, folder, name = tool.file } = place;
  const product = tool.products?.[0] ?? tool.tool;
  return describeFile({
    folder,
    name,
    content: `${context.seed}/agent/${tool.tool}/${signer ?? ""}/${agentVersion}`,
    certificate: signer === undefined ? undefined : vendorCertificate({ nowMs: context.nowMs, signer }),
    version: {
      company: tool.companies?.[0] ?? signer ?? tool.tool,
      product,
      version: agentVersion,
      internalName: tool.file.replace(/\.\w+$/, ""),
      originalName: tool.file,
      description: `${product} agent`,
    },
  });
}

export interface ImpostorPlace {
  readonly folder: string;
  readonly name: string;
  readonly signer: string;
  /** Signed by itself under the vendor's name: nobody vouches for it. */
  readonly selfSigned?: boolean;
  /** False once the stolen certificate was revoked. */
  readonly trusted?: boolean;
  /** What it claims to be; nothing when left out. */
  readonly claims?: { readonly company: string; readonly product: string };
}

/** A file of somebody else that bears a vendor's name as its signer. */
export function impostorFile(context: PlanContext, place: ImpostorPlace): FileFact {
  const { folder, name, signer, selfSigned = false, trusted = true, claims } = place;
  const edition = selfSigned ? `self/${name}` : "stolen";
  return describeFile({
    folder,
    name,
    content: `${context.seed}/impostor/${signer}/${name}/${folder}`,
    certificate: vendorCertificate({ nowMs: context.nowMs, signer, edition, selfSigned, trusted }),
    version: claims && {
      ...claims,
      version: "1.0.0.0",
      internalName: name,
      originalName: name,
      description: claims.product,
    },
  });
}

/** How a tool's signer reads on its certificates, every way it can; none when it isn't signed. */
export function signersOf(tool: RemoteToolFact): readonly string[] {
  return tool.certificates ?? tool.signers ?? [];
}

/** The host that a tool's agent calls. */
export function relayOf(tool: RemoteToolFact): string {
  return (
    tool.hosts?.find((host) => host.includes(".")) ?? `relay.${tool.tool.toLowerCase().replace(/\W/g, "")}.example.net`
  );
}
