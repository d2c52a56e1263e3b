import { type AuthorityFact, authorities, microsoftAuthorities } from "../facts/authorities.ts";
import { type Certificate, digest } from "./file.ts";

const msPerDay = 86_400_000;

export interface CertificateOptions {
  /** When the estate's present is; validity is counted from it. */
  readonly nowMs: number;
  readonly signer: string;
  /** Another certificate of the same signer when different. */
  readonly edition?: string;
  readonly trusted?: boolean;
  /** Signed by itself: no authority vouches for the name. */
  readonly selfSigned?: boolean;
}

/** A vendor's certificate; its dates, authority and serial follow from the signer's name. */
export function vendorCertificate(options: CertificateOptions): Certificate {
  const { nowMs, signer, edition = "", trusted = true, selfSigned = false } = options;
  const number = Number.parseInt(digest("sha1", `${signer}/${edition}`).slice(0, 12), 16);
  const authority = selfSigned ? { issuer: signer, revocations: [] } : authorityFor(number);
  const ageDays = number % 1200;
  const validDays = [365, 730, 1095, 1095][number % 4] ?? 1095;
  const createdMs = dayStart(nowMs) - ageDays * msPerDay;
  return {
    ...named(signer, authority, `${signer}/${edition}`),
    kind: "Embedded",
    created: secondText(createdMs),
    expires: secondText(createdMs + validDays * msPerDay + 86_399_000),
    countersigned:
      number % 5 === 0 ? null : secondText(createdMs + Math.min(ageDays, 60) * msPerDay + (number % 86_400) * 1000),
    trusted: trusted && !selfSigned,
    microsoftRoot: false,
  };
}

export function microsoftCertificate(nowMs: number, signer: string): Certificate {
  const authority = signer.startsWith("Microsoft Windows Hardware")
    ? microsoftAuthorities.hardware
    : signer === "Microsoft Corporation"
      ? microsoftAuthorities.corporation
      : microsoftAuthorities.windows;
  const createdMs = dayStart(nowMs) - 210 * msPerDay;
  return {
    ...named(signer, authority, signer),
    kind: signer === "Microsoft Windows" ? "Catalog" : "Embedded",
    created: secondText(createdMs),
    expires: secondText(createdMs + 364 * msPerDay),
    countersigned: secondText(createdMs + 40 * msPerDay),
    trusted: true,
    microsoftRoot: true,
  };
}

function named(
  signer: string,
  authority: AuthorityFact,
  identity: string,
): Pick<Certificate, "signer" | "signerHash" | "issuer" | "issuerHash" | "serial" | "revocations"> {
  return {
    signer,
    signerHash: digest("sha1", `signer/${identity}`),
    issuer: authority.issuer,
    issuerHash: digest("sha1", `issuer/${authority.issuer}`),
    serial: digest("md5", `serial/${identity}`),
    revocations: authority.revocations,
  };
}

/** The commoner authorities come first, and squaring prefers them. */
function authorityFor(number: number): AuthorityFact {
  const place = Math.floor(((number % 1009) / 1009) ** 2 * authorities.length);
  return authorities[place] ?? microsoftAuthorities.corporation;
}

function dayStart(ms: number): number {
  return Math.floor(ms / msPerDay) * msPerDay;
}

function secondText(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
