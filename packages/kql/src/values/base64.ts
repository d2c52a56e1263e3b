/** Base64 of bytes. */
export function base64Of(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** The bytes that base64 holds; undefined where it is none, which is also so without its padding. */
export function bytesOfBase64(text: string): Uint8Array | undefined {
  if (text.replace(/\s/g, "").length % 4 !== 0) return undefined;
  try {
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/** The text of UTF-8 bytes; empty where they are none. */
export function textOfUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return "";
  }
}
