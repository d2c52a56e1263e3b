/** The parameters of RFC 3492, section 5. */
const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;
const SKEW = 38;
const DAMP = 700;
const FIRST_BIAS = 72;
const FIRST_CODE = 128;
const LAST_CODE = 0x10ffff;

const digits = "abcdefghijklmnopqrstuvwxyz0123456789";

/** RFC 3492: a text in ASCII letters, digits and hyphens. */
export function punycodeOf(text: string): string {
  const codes = [...text].map((char) => char.codePointAt(0) ?? 0);
  const basic = codes.filter((code) => code < FIRST_CODE);
  let out = String.fromCharCode(...basic) + (basic.length > 0 ? "-" : "");
  let bias = FIRST_BIAS;
  let delta = 0;
  let handled = basic.length;
  for (let code = FIRST_CODE; handled < codes.length; code++, delta++) {
    const next = codes.reduce((least, each) => (each >= code && each < least ? each : least), LAST_CODE + 1);
    delta += (next - code) * (handled + 1);
    code = next;
    for (const each of codes) {
      if (each < code) delta++;
      if (each !== code) continue;
      out += variableLength(delta, bias);
      bias = adapted(delta, handled + 1, handled === basic.length);
      delta = 0;
      handled++;
    }
  }
  return out;
}

/** The text that punycode stands for; undefined where it stands for none. */
export function textOfPunycode(encoded: string): string | undefined {
  const cut = encoded.lastIndexOf("-");
  const out = [...encoded.slice(0, Math.max(0, cut))].map((char) => char.codePointAt(0) ?? 0);
  if (out.some((code) => code >= FIRST_CODE)) return undefined;
  let [code, bias, index] = [FIRST_CODE, FIRST_BIAS, 0];
  for (let at = cut + 1; at < encoded.length; ) {
    const before = index;
    for (let weight = 1, place = BASE; ; place += BASE, at++) {
      const digit = digits.indexOf((encoded[at] ?? "").toLowerCase() || " ");
      if (digit < 0) return undefined;
      index += digit * weight;
      const limit = threshold(place, bias);
      weight *= BASE - limit;
      if (index > Number.MAX_SAFE_INTEGER || weight > Number.MAX_SAFE_INTEGER) return undefined;
      if (digit < limit) break;
    }
    at++;
    bias = adapted(index - before, out.length + 1, before === 0);
    code += Math.floor(index / (out.length + 1));
    index %= out.length + 1;
    if (code > LAST_CODE || (code >= 0xd800 && code <= 0xdfff)) return undefined;
    out.splice(index++, 0, code);
  }
  return out.map((each) => String.fromCodePoint(each)).join("");
}

function variableLength(delta: number, bias: number): string {
  let out = "";
  let rest = delta;
  for (let place = BASE; ; place += BASE) {
    const limit = threshold(place, bias);
    if (rest < limit) return out + digits.charAt(rest);
    out += digits.charAt(limit + ((rest - limit) % (BASE - limit)));
    rest = Math.floor((rest - limit) / (BASE - limit));
  }
}

const threshold = (place: number, bias: number): number => Math.min(Math.max(place - bias, T_MIN), T_MAX);

function adapted(delta: number, points: number, first: boolean): number {
  let rest = first ? Math.floor(delta / DAMP) : Math.floor(delta / 2);
  rest += Math.floor(rest / points);
  let place = 0;
  for (; rest > ((BASE - T_MIN) * T_MAX) / 2; place += BASE) rest = Math.floor(rest / (BASE - T_MIN));
  return place + Math.floor(((BASE - T_MIN + 1) * rest) / (rest + SKEW));
}
