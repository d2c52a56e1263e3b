import { expect, test } from "vitest";
import { readingText } from "../../src/output/reading.ts";

test("what was skipped, and why, is said in words", () => {
  const said = readingText([
    {
      table: "DeviceFileCertificateInfo",
      files: { read: 2, of: 30 },
      blocks: { read: 3, of: 1204 },
      reasons: ["`Signer has 'Action1 Corporation'` matches 1 of 2,981 values"],
    },
    { table: "SigninLogs", files: { read: 4, of: 4 }, blocks: { read: 9, of: 9 }, reasons: [] },
  ]);
  expect(said.split("\n")).toEqual([
    "DeviceFileCertificateInfo: read 3 of 1,204 blocks, in 2 of 30 files",
    "  `Signer has 'Action1 Corporation'` matches 1 of 2,981 values",
    expect.stringMatching(/^SigninLogs: read all 9 blocks;/),
  ]);
});

test("a condition's text can't steer the terminal", () => {
  const reasons = ["`Signer has '\u001b[2J'` matches 1 of 2 values"];
  const said = readingText([{ table: "T", files: { read: 1, of: 2 }, blocks: { read: 1, of: 2 }, reasons }]);
  expect(said).not.toContain("\u001b");
});
