import { createHash } from "node:crypto";

/** A UUID of version 5: the same for the same name in the same namespace. */
export function uuid5(namespace: string, name: string): string {
  const bytes = createHash("sha1")
    .update(Buffer.from(namespace.replaceAll("-", ""), "hex"))
    .update(name)
    .digest();
  return shaped(bytes, 0x50);
}

/** A hash in the shape of version 4, for objects whose ids must look random and yet stay the same. */
export function uuidOfHash(name: string): string {
  return shaped(createHash("sha256").update(name).digest(), 0x40);
}

function shaped(bytes: Buffer, version: number): string {
  const own = Buffer.from(bytes.subarray(0, 16));
  own.writeUInt8((own.readUInt8(6) & 0x0f) | version, 6);
  own.writeUInt8((own.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = own.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** The namespace of ids that Goshawk makes. */
export const ours = "6b7c2f0a-5d0e-4a52-9a4b-2f9c1f3f8e11";
