import { type Repair, repair } from "../repair.ts";
import { lineStartsOf, placeIn } from "./lines.ts";
import { decodeWindows1252 } from "./windows1252.ts";

/** A file's text without its byte-order mark, the encoding it was in, and what had to be done to read it. */
export interface DecodedText {
  readonly text: string;
  readonly encoding: "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";
  readonly repairs: readonly Repair[];
}

type Encoding = DecodedText["encoding"];

const start = { line: 1, column: 1 };
const marks: readonly (readonly [Encoding, readonly number[]])[] = [
  ["utf-8", [0xef, 0xbb, 0xbf]],
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
];

/** Reads bytes as UTF-8 or UTF-16, by mark or by look, and as Windows-1252 when they are neither. */
export function decodeRuleText(bytes: Uint8Array): DecodedText {
  const mark = marks.find(([, lead]) => lead.every((byte, at) => bytes[at] === byte));
  const encoding = mark?.[0] ?? encodingByLook(bytes);
  const body = bytes.subarray(mark?.[1].length ?? 0);
  const repairs: Repair[] = [];
  if (encoding !== "utf-8") repairs.push(repair("encoding", start, { encoding: encoding.toUpperCase() }));
  if (mark !== undefined) repairs.push(repair("byte-order-mark", start, { encoding: encoding.toUpperCase() }));
  const text = strictly(encoding, body);
  if (text !== undefined) return { text, encoding, repairs };
  return loosely(encoding, body, repairs);
}

function strictly(encoding: Encoding, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function loosely(encoding: Encoding, bytes: Uint8Array, repairs: readonly Repair[]): DecodedText {
  const byte = goodBytes(encoding, bytes);
  if (encoding !== "utf-8") {
    const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
    const facts = { encoding: encoding.toUpperCase(), byte };
    return { text, encoding, repairs: [...repairs, repair("undecodable-bytes", start, facts)] };
  }
  const text = decodeWindows1252(bytes);
  const place = placeIn(lineStartsOf(text), byte);
  const facts = { encoding: "WINDOWS-1252", byte };
  return { text, encoding: "windows-1252", repairs: [...repairs, repair("undecodable-bytes", place, facts)] };
}

function goodBytes(encoding: Encoding, bytes: Uint8Array): number {
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (startsWell(encoding, bytes.subarray(0, middle))) low = middle;
    else high = middle - 1;
  }
  return low;
}

function startsWell(encoding: Encoding, bytes: Uint8Array): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** Text without a mark is UTF-16 when every second byte of its beginning is mostly zero. */
function encodingByLook(bytes: Uint8Array): Encoding {
  const look = bytes.subarray(0, 512);
  if (look.length < 4) return "utf-8";
  const half = look.length / 2;
  const zeros = [0, 0];
  for (const [at, byte] of look.entries()) if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > half * 0.7 && even < half * 0.1) return "utf-16le";
  if (even > half * 0.7 && odd < half * 0.1) return "utf-16be";
  return "utf-8";
}
