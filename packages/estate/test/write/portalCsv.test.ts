import { expect, it } from "vitest";
import { portalLine } from "../../src/write/portalCsv.ts";
import { parseCsv } from "../support/readEstate.ts";

function exported(properties: Record<string, unknown>): string {
  return portalLine("DeviceFileCertificateInfo", JSON.stringify({ properties }));
}

// The portal's own spelling: "Oct 9, 2024 2:39:25 PM".
const times: readonly [string, string][] = [
  ["2024-10-09T14:39:25.9999999Z", "Oct 9, 2024 2:39:25 PM"],
  ["2024-10-09T00:05:07.0000000Z", "Oct 9, 2024 12:05:07 AM"],
  ["2024-12-31T12:00:00.1234567Z", "Dec 31, 2024 12:00:00 PM"],
  ["2024-01-01T11:59:59Z", "Jan 1, 2024 11:59:59 AM"],
];
it.each(times)("%s is exported as %s", (iso, portal) => {
  expect(parseCsv(exported({ Timestamp: iso }))[0]?.[0]).toBe(portal);
});

it("quotes what needs quoting and nothing else", () => {
  const line = exported({
    Timestamp: "2024-10-09T14:39:25Z",
    DeviceId: "ab",
    Signer: 'A "B", C',
    IsSigned: true,
    IsTrusted: false,
  });
  expect(line).toBe(
    `"Oct 9, 2024 2:39:25 PM",ab,,,1,,"A ""B"", C",,,,,,Invalid date,Invalid date,Invalid date,0,,\r\n`,
  );
});

it("refuses a table that the estate never exports", () => {
  expect(() => portalLine("DeviceInfo", "{}")).toThrow("DeviceInfo");
});
