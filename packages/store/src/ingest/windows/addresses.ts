/** Kinds of IP addresses as Defender names them, each with a pattern of the addresses' texts; the first that fits. */
const kinds: readonly (readonly [kind: string, pattern: string])[] = [
  ["Broadcast", "255[.]255[.]255[.]255"],
  ["Loopback", "127[.].*|::1|(0:){7}1"],
  ["LinkLocal", "169[.]254[.].*|fe[89ab][0-9a-f]:.*"],
  ["Private", "10[.].*|192[.]168[.].*|172[.](1[6-9]|2[0-9]|3[01])[.].*|f[cd][0-9a-f]{2}:.*"],
  ["Multicast", "(22[4-9]|23[0-9])[.].*|ff[0-9a-f]{2}:.*"],
  ["Reserved", "0[.].*|(24[0-9]|25[0-5])[.].*|::|(0:){7}0"],
  ["FourToSixMapping", "::ffff:.*|(0:){5}ffff:.*"],
  ["Teredo", "2001:0{1,4}:.*"],
  ["Public", "[0-9a-f:.]+(%.*)?"],
];

/** SQL of the kind of an address. */
export function addressKind(address: string): string {
  const cases = kinds.map(
    ([kind, pattern]) => `when regexp_full_match(lower(${address}), '${pattern}') then '${kind}'`,
  );
  return `case ${cases.join(" ")} end`;
}
