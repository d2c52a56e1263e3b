import { expect, test } from "vitest";
import { parseRegex } from "../../src/regex/parse.ts";
import { fromRe2 } from "../../src/regex/re2Spelling.ts";

// Patterns of published rules; RE2's syntax page says what a brace that counts nothing and a bracket in a class are.
test.each([
  ["{(.*)}", "\\{(.*)}"],
  ["[[]", "[\\[]"],
  ["\\d{1,3}\\.\\d{1.3}", "\\d{1,3}\\.\\d\\{1.3}"],
  ["[0-9]{1-3}+", "[0-9]\\{1-3}+"],
  ["(?:{a}|{b})", "(?:\\{a}|\\{b})"],
  ["[]a[]", "[\\]a\\[]"],
  ["[^][]x", "[^\\]\\[]x"],
  ["\\0", "\\x{0}"],
  ["[\\012]", "[\\x{a}]"],
])("%s is read as RE2 reads it", (written, expected) => {
  expect(parseRegex(written).ok).toBe(false);
  expect(fromRe2(written)).toBe(expected);
  expect(parseRegex(expected).ok).toBe(true);
});

test.each(["\\p{Greek}{2}", "[[:alpha:]]+", "a{2,}|(b){3}", "[\\]\\[]{1,2}", "\\x{1F600}", "(?i:x){2}", "\\[{2}"])(
  "%s, which both read alike, stays as it is",
  (pattern) => {
    expect(fromRe2(pattern)).toBe(pattern);
  },
);

test.each(["(", "[a", "*a", "(?=a)", "\\", "{2}("])("%s is no expression in either, and stays refused", (pattern) => {
  expect(parseRegex(fromRe2(pattern)).ok).toBe(false);
});
