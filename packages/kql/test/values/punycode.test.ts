import { expect, test } from "vitest";
import { punycodeOf, textOfPunycode } from "../../src/values/punycode.ts";

/** RFC 3492, section 7.1. */
const samples: readonly (readonly [string, string])[] = [
  ["ليهمابتكلموشعربي؟", "egbpdaj6bu4bxfgehfvwxn"],
  ["他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye"],
  ["Pročprostěnemluvíčesky", "Proprostnemluvesky-uyb24dma41a"],
  ["למההםפשוטלאמדבריםעברית", "4dbcagdahymbxekheh6e0a7fei0b"],
  ["3年B組金八先生", "3B-ww4c5e180e575a65lsy2b"],
  ["-> $1.00 <-", "-> $1.00 <--"],
];

test.each(samples)("%s is written and read as RFC 3492 does", (text, encoded) => {
  expect(punycodeOf(text)).toBe(encoded);
  expect(textOfPunycode(encoded)).toBe(text);
});

test.each(["!", "ab!c-é", "99999999", "é-abc"])("%s is no punycode", (encoded) => {
  expect(textOfPunycode(encoded)).toBe(undefined);
});
