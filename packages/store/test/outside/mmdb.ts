/** A MaxMind database of one entry, for the lower half of all IPv4 addresses, written by the format's specification. */
export function tinyDatabase(entry: Readonly<Record<string, unknown>>): Uint8Array {
  const [nodes, inData, unknown] = [1, 1 + 16, 1];
  const tree = Buffer.concat([number(inData, 3), number(unknown, 3)]);
  const metadata = map({
    node_count: sized(6, number(nodes, 4)),
    record_size: sized(5, number(24, 2)),
    ip_version: sized(5, number(4, 2)),
    database_type: encoded("Test-City"),
    languages: Buffer.concat([Buffer.from([1, 4]), encoded("en")]),
    binary_format_major_version: sized(5, number(2, 2)),
    binary_format_minor_version: sized(5, number(0, 2)),
    build_epoch: Buffer.concat([Buffer.from([8, 2]), number(0, 8)]),
    description: map({}),
  });
  const marker = Buffer.from("\xab\xcd\xefMaxMind.com", "latin1");
  return Buffer.concat([tree, Buffer.alloc(16), encoded(entry), marker, metadata]);
}

function encoded(value: unknown): Buffer {
  if (typeof value === "string") return sized(2, Buffer.from(value));
  if (typeof value === "number") {
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleBE(value);
    return sized(3, bytes);
  }
  if (Array.isArray(value)) return Buffer.concat([Buffer.from([value.length, 4]), ...value.map(encoded)]);
  return map(Object.fromEntries(Object.entries(value as object).map(([key, item]) => [key, encoded(item)])));
}

function map(entries: Readonly<Record<string, Buffer>>): Buffer {
  const pairs = Object.entries(entries).flatMap(([key, value]) => [encoded(key), value]);
  return Buffer.concat([Buffer.from([(7 << 5) | (pairs.length / 2)]), ...pairs]);
}

function sized(type: number, bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from([(type << 5) | bytes.length]), bytes]);
}

function number(value: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  bytes.writeUIntBE(value, Math.max(0, length - 6), Math.min(6, length));
  return bytes;
}
