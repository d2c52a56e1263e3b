// The cases beside the rules of a tool: each name that is looked for is found, and what only resembles it is not.

const NOW = "2026-11-01T00:00:00Z";
const device = { Timestamp: "2026-10-31T10:00:00Z", DeviceId: "d1", DeviceName: "pc1.example.test" };

/** A test file for the rules that were made for a tool; each rule comes with the events that it must find. */
export function testsText(rules) {
  const tests = rules.flatMap(({ file, table, finds, passes }) => [
    ...finds.map((cells) => caseText(file, table, `finds ${inWords(cells)}`, [cells], "{ count: 1 }")),
    caseText(
      file,
      table,
      "finds nothing older than five days",
      [{ ...finds[0], Timestamp: "2026-10-20T10:00:00Z" }],
      "nothing",
    ),
    ...passes.map((cells) => caseText(file, table, `passes by ${inWords(cells)}`, [cells], "nothing")),
  ]);
  return `now: ${NOW}\ntests:\n${tests.join("")}`;
}

function caseText(rule, table, name, rows, expected) {
  const events = rows.map((cells) => `        - ${JSON.stringify({ ...device, ...cells })}\n`).join("");
  return `  - name: ${JSON.stringify(`${rule.replace(/^.*-/, "").replace(".yaml", "")}: ${name}`)}
    rule: ${rule}
    events:
      ${table}:
${events}    expect: ${expected}
`;
}

function inWords(cells) {
  return Object.entries(cells)
    .filter(([name]) => name !== "Timestamp")
    .map(([name, value]) => `${name} '${value}'`)
    .join(" with ");
}
