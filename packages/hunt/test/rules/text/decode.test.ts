import { describe, expect, it } from "vitest";
import { decodeRuleText } from "../../../src/rules/text/decode.ts";

const text = "T | where a == 'é€😀'\r\n";
const utf8 = new TextEncoder().encode(text);

function utf16(littleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), littleEndian);
  return bytes;
}

function bytes(...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  return new Uint8Array(parts.flatMap((part) => [...part]));
}

describe("the bytes of a rule file", () => {
  it.each([
    ["UTF-8", utf8, "utf-8", []],
    ["UTF-8 with a mark", bytes([0xef, 0xbb, 0xbf], utf8), "utf-8", ["byte-order-mark"]],
    ["UTF-16LE with a mark", bytes([0xff, 0xfe], utf16(true)), "utf-16le", ["encoding", "byte-order-mark"]],
    ["UTF-16BE with a mark", bytes([0xfe, 0xff], utf16(false)), "utf-16be", ["encoding", "byte-order-mark"]],
    ["UTF-16LE without a mark", utf16(true), "utf-16le", ["encoding"]],
    ["UTF-16BE without a mark", utf16(false), "utf-16be", ["encoding"]],
  ])("in %s give the same text", (_, encoded, encoding, repairs) => {
    const decoded = decodeRuleText(encoded);
    expect(decoded.text).toBe(text);
    expect(decoded.encoding).toBe(encoding);
    expect(decoded.repairs.map(({ code }) => code)).toEqual(repairs);
  });

  it("that are not UTF-8 are read as Windows-1252, and the line is named", () => {
    const decoded = decodeRuleText(bytes(new TextEncoder().encode("T\n| where a == '"), [0x93, 0xe9, 0x94], [0x27]));
    expect(decoded.text).toBe("T\n| where a == '“é”'");
    expect(decoded.encoding).toBe("windows-1252");
    expect(decoded.repairs).toMatchObject([{ code: "undecodable-bytes", line: 2, column: 15 }]);
    expect(decoded.repairs[0]?.what).toContain("16");
  });

  it("cut in the middle of a UTF-16 character are read up to there, and that is said", () => {
    const decoded = decodeRuleText(bytes([0xff, 0xfe], utf16(true), [0x41]));
    expect(decoded.text.startsWith(text)).toBe(true);
    expect(decoded.repairs.map(({ code }) => code)).toContain("undecodable-bytes");
  });

  it("that are few or none are text too", () => {
    expect(decodeRuleText(new Uint8Array()).text).toBe("");
    expect(decodeRuleText(bytes([0x54])).text).toBe("T");
  });
});
