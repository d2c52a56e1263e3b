/** How a BinXML value of each type reads as text; the types are those of Windows' event logs. */
const FILETIME_EPOCH_MS = 11_644_473_600_000n;
const TICKS_PER_MS = 10_000n;

/** Types whose value is BinXML itself. */
export const BINARY_XML = 0x21;
const ARRAY = 0x80;

/** Bytes of one item of each type of fixed size. */
const sizes: Readonly<Record<number, number>> = {
  3: 1,
  4: 1,
  5: 2,
  6: 2,
  7: 4,
  8: 4,
  9: 8,
  10: 8,
  11: 4,
  12: 8,
  13: 4,
  15: 16,
  17: 8,
  18: 16,
  20: 4,
  21: 8,
};

/** The texts of a value: one, or one for each item of an array. */
export function valueTexts(type: number, bytes: Buffer): readonly string[] {
  if ((type & ARRAY) === 0) return [valueText(type, bytes)];
  const item = type & ~ARRAY;
  if (item === 1) return utf16(bytes).split("\0");
  if (item === 2) return bytes.toString("latin1").replace(/\0$/, "").split("\0");
  const size = sizes[item];
  if (size === undefined) return [hex(bytes)];
  const texts: string[] = [];
  for (let at = 0; at + size <= bytes.length; at += size) texts.push(valueText(item, bytes.subarray(at, at + size)));
  return texts;
}

function valueText(type: number, bytes: Buffer): string {
  if (bytes.length === 0) return "";
  switch (type) {
    case 0:
      return "";
    case 1:
      return utf16(bytes);
    case 2:
      return bytes.toString("latin1").replace(/\0+$/, "");
    case 3:
      return String(bytes.readInt8());
    case 4:
      return String(bytes.readUInt8());
    case 5:
      return String(bytes.readInt16LE());
    case 6:
      return String(bytes.readUInt16LE());
    case 7:
      return String(bytes.readInt32LE());
    case 8:
      return String(bytes.readUInt32LE());
    case 9:
      return String(bytes.readBigInt64LE());
    case 10:
      return String(bytes.readBigUInt64LE());
    case 11:
      return String(bytes.readFloatLE());
    case 12:
      return String(bytes.readDoubleLE());
    case 13:
      return bytes.readInt32LE() === 0 ? "false" : "true";
    case 15:
      return guid(bytes);
    case 16:
      return bytes.length === 8 ? String(bytes.readBigUInt64LE()) : String(bytes.readUInt32LE());
    case 17:
      return fileTime(bytes.readBigUInt64LE());
    case 18:
      return systemTime(bytes);
    case 19:
      return sid(bytes);
    case 20:
      return `0x${bytes.readUInt32LE().toString(16)}`;
    case 21:
      return `0x${bytes.readBigUInt64LE().toString(16)}`;
    default:
      return hex(bytes);
  }
}

const halfPairs = /\p{Surrogate}/gu;

/** Without the zeros that end it; half a pair becomes U+FFFD. */
export function utf16(bytes: Buffer): string {
  return bytes.toString("utf16le").replace(/\0+$/, "").replace(halfPairs, "\ufffd");
}

function hex(bytes: Buffer): string {
  return bytes.toString("hex").toUpperCase();
}

function guid(bytes: Buffer): string {
  if (bytes.length < 16) return hex(bytes);
  const part = (from: number, to: number): string => bytes.toString("hex", from, to);
  const swapped = (from: number, to: number): string => Buffer.from(bytes.subarray(from, to)).reverse().toString("hex");
  return `{${swapped(0, 4)}-${swapped(4, 6)}-${swapped(6, 8)}-${part(8, 10)}-${part(10, 16)}}`.toUpperCase();
}

/** A FILETIME, 100 ns since 1601, as ISO 8601 with all its digits. */
export function fileTime(ticks: bigint): string {
  const date = new Date(Number(ticks / TICKS_PER_MS - FILETIME_EPOCH_MS));
  if (Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999) return String(ticks);
  const rest = String(ticks % TICKS_PER_MS).padStart(4, "0");
  return `${date.toISOString().slice(0, -1)}${rest}Z`;
}

function systemTime(bytes: Buffer): string {
  if (bytes.length < 16) return hex(bytes);
  const field = (index: number, width = 2): string => String(bytes.readUInt16LE(index * 2)).padStart(width, "0");
  return `${field(0, 4)}-${field(1)}-${field(3)}T${field(4)}:${field(5)}:${field(6)}.${field(7, 3)}Z`;
}

function sid(bytes: Buffer): string {
  const count = bytes[1] ?? 0;
  if (bytes.length < 8 + 4 * count) return hex(bytes);
  const parts = Array.from({ length: count }, (_, index) => bytes.readUInt32LE(8 + 4 * index));
  return ["S", bytes[0], bytes.readUIntBE(2, 6), ...parts].join("-");
}
