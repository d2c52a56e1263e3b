/** What the bytes 0x80 to 0x9f are; Node 20's own decoder takes them for controls (nodejs/node#56542). */
const high = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";

/** The text that bytes are in Windows-1252, which has one for any bytes. */
export function decodeWindows1252(bytes: Uint8Array): string {
  const latin1 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  return latin1.replaceAll(/[\x80-\x9f]/g, (character) => high.charAt(character.charCodeAt(0) - 0x80));
}
