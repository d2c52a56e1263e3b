/** Where the bytes of a guid stand in its text: the first three groups have their last byte first. */
const places = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];

/** A guid's text from its 16 bytes; undefined where there are more or less. */
export function guidOfBytes(bytes: Uint8Array): string | undefined {
  if (bytes.length !== 16) return undefined;
  const hex = places.map((place) => (bytes[place] ?? 0).toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** The 16 bytes of a guid. */
export function bytesOfGuid(guid: string): Uint8Array {
  const hex = guid.replaceAll("-", "");
  return Uint8Array.from(places, (place) => Number.parseInt(hex.slice(2 * place, 2 * place + 2), 16));
}
