import { createHash } from "node:crypto";
import type { SegmentColumn, SegmentEntry } from "./entries.ts";

/** The form of the catalogue's files that this program reads and writes. */
const VERSION = 2;

/** A segment whose columns stand in a list beside, because thousands of segments have the same ones. */
type PackedSegment = Omit<SegmentEntry, "columns"> & { readonly columns: number };

interface Packed {
  readonly version: number;
  readonly layouts: readonly (readonly SegmentColumn[])[];
  readonly segments: readonly PackedSegment[];
}

/** The text of a file of the catalogue: the sum of what follows, then JSON. */
export function packedText<T extends { readonly segments: readonly SegmentEntry[] }>(content: T): string {
  const places = new Map<string, number>();
  const layouts: (readonly SegmentColumn[])[] = [];
  const placeOf = (columns: readonly SegmentColumn[]): number => {
    const key = JSON.stringify(columns);
    const known = places.get(key);
    if (known !== undefined) return known;
    places.set(key, layouts.length);
    return layouts.push(columns) - 1;
  };
  const segments = content.segments.map((segment) => ({ ...segment, columns: placeOf(segment.columns) }));
  const body = JSON.stringify({ version: VERSION, ...content, layouts, segments });
  return `${sumOf(body)}\n${body}\n`;
}

/** Reads such a text; what is damaged or of a newer Goshawk is refused by the file's name. */
export function unpacked<T>(text: string, path: string): T & { readonly segments: readonly SegmentEntry[] } {
  const [sum = "", body = ""] = text.split("\n");
  if (sumOf(body) !== sum) throw new Error(`${path} is damaged: its sum is not that of its content`);
  const packed = JSON.parse(body) as Packed & T;
  if (packed.version !== VERSION)
    throw new Error(
      `${path} has version ${packed.version}, and this Goshawk reads version ${VERSION}: use a newer Goshawk`,
    );
  const segments = packed.segments.map((segment) => ({ ...segment, columns: packed.layouts[segment.columns] ?? [] }));
  return { ...packed, segments };
}

function sumOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
