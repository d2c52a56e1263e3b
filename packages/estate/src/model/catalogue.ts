import {
  commonVendors,
  unicodeVendors,
  type VendorFact,
  vendorForms,
  vendorTrades,
  vendorWords,
} from "../facts/vendors.ts";
import { createRandom, hexText, pick, type Random } from "../random.ts";
import { microsoftCertificate, vendorCertificate } from "./certificate.ts";
import { type Certificate, describeFile, type FileFact } from "./file.ts";
import { type Launch, type Program, windowsFile } from "./program.ts";

/** Programs of vendors, rank 0 the commonest; made when first asked for. */
export interface VendorCatalogue {
  readonly size: number;
  readonly program: (rank: number) => Program;
}

export function createVendorCatalogue(size: number, seed: number, nowMs: number): VendorCatalogue {
  const known = new Map<number, Program>();
  return {
    size,
    program: (rank) => {
      const made = known.get(rank) ?? makeProgram(rank, seed, nowMs);
      known.set(rank, made);
      return made;
    },
  };
}

function makeProgram(rank: number, seed: number, nowMs: number): Program {
  const random = createRandom(seed, `vendor/${rank}`);
  const vendor = vendorAt(rank, random);
  const certificate = certificateOf(vendor, random, nowMs);
  const folder = `C:\\Program Files${random.below(3) === 0 ? " (x86)" : ""}\\${vendor.product.replace(/[^\p{L}\p{N} ]/gu, "")}`;
  const version = `${1 + random.below(30)}.${random.below(20)}.${random.below(9000)}.${random.below(100)}`;
  const make = (name: string, description: string, signed: Certificate | undefined): FileFact =>
    describeFile({
      folder,
      name,
      content: `${seed}/${vendor.signer}/${rank}/${name}/${version}`,
      certificate: signed,
      version: {
        company: vendor.signer,
        product: vendor.product,
        version,
        internalName: name.replace(/\.\w+$/, ""),
        originalName: name,
        description,
      },
    });
  const stem = vendor.file.replace(/\.exe$/i, "");
  const libraryNames = ["core", "ui", "net", "update", "plugin"].slice(0, 1 + random.below(5));
  return {
    executable: make(vendor.file, vendor.product, certificate),
    libraries: libraryNames.map((part, place) =>
      make(`${stem}_${part}.dll`, `${vendor.product} ${part}`, place === 4 ? undefined : certificate),
    ),
    launch: launchOf(vendor, folder, random),
  };
}

function vendorAt(rank: number, random: Random): VendorFact {
  if (rank % 40 === 25) {
    const vendor = unicodeVendors[((rank - 25) / 40) % unicodeVendors.length];
    if (vendor !== undefined && rank < unicodeVendors.length * 40) return vendor;
  }
  return commonVendors[rank] ?? smallVendor(rank, random);
}

/** The rank picks the words, so that every rank has a name of its own. */
function smallVendor(rank: number, random: Random): VendorFact {
  const word = vendorWords[rank % vendorWords.length] ?? "";
  const trade = vendorTrades[Math.floor(rank / vendorWords.length) % vendorTrades.length] ?? "";
  const round = Math.floor(rank / (vendorWords.length * vendorTrades.length));
  const second =
    round === 0
      ? ""
      : `${vendorWords[(rank + round * 7) % vendorWords.length]?.toLowerCase() ?? ""}${round > 9 ? round : ""}`;
  const name = `${word}${second} ${trade}`;
  const slug = name.toLowerCase().replaceAll(" ", "");
  const product = `${word}${second} ${pick(random, ["Suite", "Studio", "Desk", "Center", "Tools", "Hub", "Sync", "View"])}`;
  return {
    signer: `${name} ${pick(random, vendorForms)}`,
    product,
    file: `${slug}.exe`,
    host: `updates.${slug}.example.com`,
  };
}

/** A few vendors don't sign, sign with an authority of their own, or with a certificate that is no longer trusted. */
function certificateOf(vendor: VendorFact, random: Random, nowMs: number): Certificate | undefined {
  const chance = random.below(100);
  if (chance < 4) return undefined;
  return vendorCertificate({ nowMs, signer: vendor.signer, selfSigned: chance < 6, trusted: chance >= 8 });
}

function launchOf(vendor: VendorFact, folder: string, random: Random): Launch {
  const path = `"${folder}\\${vendor.file}"`;
  const service = random.below(4) === 0;
  return {
    account: service ? "system" : "user",
    parent: service ? "services" : "explorer",
    commands: service
      ? [`${path} --service`, `${path} --service --instance ${hexText(random, 4)}`]
      : [
          path,
          `${path} --background`,
          `${path} --session={guid}`,
          `${path} --open "C:\\Users\\Public\\Documents\\item-{n}.dat"`,
        ],
    hosts: [vendor.host],
  };
}

/** A signed driver as hardware vendors ship it: Microsoft vouches for it. */
export function driverFile(name: string, folder: string, seed: number, nowMs: number): FileFact {
  const certificate = microsoftCertificate(nowMs, "Microsoft Windows Hardware Compatibility Publisher");
  return { ...windowsFile({ file: name, folder, description: "Device driver" }, seed, nowMs), certificate };
}
