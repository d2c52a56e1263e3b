import { deflateSync, gunzipSync, gzipSync, inflateSync } from "node:zlib";
import type { HostFunction } from "@goshawk/kql";

/** The most bytes that a text of Kusto holds. */
const LONGEST = 1_048_576;

/** Compression, which Node has and KQL's own package, being pure, has not. */
export const compressionFunctions: readonly HostFunction[] = [
  ofText("goshawk_gzip_compress", (text) => plainHeader(gzipSync(text, { level: 0 })).toString("base64")),
  ofText("goshawk_zlib_compress", (text) => deflateSync(text, { level: 0 }).toString("base64")),
  ofText("goshawk_gzip_decompress", (text) => inflated(text, gunzipSync)),
  ofText("goshawk_zlib_decompress", (text) => inflated(text, inflateSync)),
];

function ofText(name: HostFunction["name"], run: (text: string) => string): HostFunction {
  return { name, parameters: ["VARCHAR"], result: "VARCHAR", seesNulls: false, run: (text) => run(String(text)) };
}

/** As Kusto writes it: the header tells neither the effort nor the operating system. */
function plainHeader(gzip: Buffer): Buffer {
  gzip.set([0, 255], 8);
  return gzip;
}

function inflated(base64: string, inflate: typeof inflateSync): string {
  try {
    const bytes = inflate(Buffer.from(base64, "base64"), { maxOutputLength: LONGEST });
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return "";
  }
}
