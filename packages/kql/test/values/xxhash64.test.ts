import { expect, test } from "vitest";
import { xxhash64 } from "../../src/values/xxhash64.ts";

/** The bytes that the reference implementation's own sanity check hashes (Cyan4973/xxHash, xsum_sanity_check). */
function sanityBytes(length: number): Uint8Array {
  let generator = 2654435761n;
  return Uint8Array.from({ length }, () => {
    const byte = Number(generator >> 56n);
    generator = BigInt.asUintN(64, generator * 11400714785074694797n);
    return byte;
  });
}

test.each([
  [0, 0xef46db3751d8e999n],
  [1, 0xe934a84adb052768n],
  [4, 0x9136a0dca57457een],
  [14, 0x8282dcc4994e35c8n],
  [222, 0xb641ae8cb691c174n],
])("xxhash64 of %i bytes is the reference's: stripes, lanes and tails", (length, hash) => {
  expect(xxhash64(sanityBytes(length))).toBe(hash);
});
