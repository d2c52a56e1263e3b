import { createHash } from "node:crypto";

/** What a file says about itself. */
export interface VersionInfo {
  readonly company: string;
  readonly product: string;
  readonly version: string;
  readonly internalName: string;
  readonly originalName: string;
  readonly description: string;
}

export interface Certificate {
  readonly signer: string;
  readonly signerHash: string;
  readonly issuer: string;
  readonly issuerHash: string;
  readonly serial: string;
  readonly revocations: readonly string[];
  readonly kind: "Embedded" | "Catalog";
  /** ISO, whole seconds. */
  readonly created: string;
  readonly expires: string;
  readonly countersigned: string | null;
  readonly trusted: boolean;
  readonly microsoftRoot: boolean;
}

/** One content under one path; the same content elsewhere is another `FileFact` with equal hashes. */
export interface FileFact {
  readonly name: string;
  readonly path: string;
  readonly size: number;
  readonly sha1: string;
  readonly sha256: string;
  readonly md5: string;
  readonly version: VersionInfo | undefined;
  /** Absent when unsigned. */
  readonly certificate: Certificate | undefined;
}

export interface FileDraft {
  readonly folder: string;
  readonly name: string;
  /** Two drafts with equal content have equal hashes. */
  readonly content: string;
  readonly version?: VersionInfo | undefined;
  readonly certificate?: Certificate | undefined;
}

export function describeFile(draft: FileDraft): FileFact {
  const sha256 = digest("sha256", draft.content);
  return {
    name: draft.name,
    path: `${draft.folder}\\${draft.name}`,
    size: 20_480 + (Number.parseInt(sha256.slice(0, 6), 16) % 8_000_000),
    sha1: digest("sha1", draft.content),
    sha256,
    md5: digest("md5", draft.content),
    version: draft.version,
    certificate: draft.certificate,
  };
}

/** The same content, moved or renamed. */
export function placeFile(file: FileFact, folder: string, name: string = file.name): FileFact {
  return { ...file, name, path: `${folder}\\${name}` };
}

export function digest(algorithm: "sha1" | "sha256" | "md5", text: string): string {
  return createHash(algorithm).update(text).digest("hex");
}
