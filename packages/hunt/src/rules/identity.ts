import { createHash } from "node:crypto";

const namespace = "5d0f2c6e-7b0c-5e0b-9c39-6f1f8f0a2f31";

/** A UUID (version 5) that is the same whenever path and name are; `\` counts as `/`, a leading `./` as nothing. */
export function derivedId(path: string, name: string): string {
  const normal = path.replaceAll("\\", "/").replace(/^(\.\/)+/, "");
  const space = new Uint8Array(Buffer.from(namespace.replaceAll("-", ""), "hex"));
  const hash = createHash("sha1").update(space).update(`${normal}\n${name}`, "utf8").digest().subarray(0, 16);
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  return hash.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export function isGuid(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);
}

/** "a/b/rule.yaml" is "rule". */
export function stemOf(path: string): string {
  const file = path.split(/[\\/]/).at(-1) ?? path;
  return file.replace(/(?<=.)\.[^.]*$/, "");
}
