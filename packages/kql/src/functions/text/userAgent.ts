import type { LiteralValue } from "../../ir/scalar.ts";
import type { SqlExpr } from "../../sql/ast.ts";
import { call, concat, constantText, text } from "../../sql/build.ts";
import { isArray, plainText } from "../../values/dynamicValue.ts";
import { elements } from "../../values/jsonText.ts";
import { type Complaint, type ScalarFunction, scalarFunction } from "../define.ts";

/** What can be looked for, and its name in the answer, in the answer's order. */
const things = [
  ["browser", "Browser"],
  ["os", "OperatingSystem"],
  ["device", "Device"],
] as const;

const asked = (look: string): readonly string[] => (isArray(look) ? elements(look).map(plainText) : [look]);

function complaint(_agent: LiteralValue | undefined, look: LiteralValue | undefined): Complaint | undefined {
  const known = typeof look === "string" && asked(look).every((item) => things.some(([name]) => name === item));
  if (known) return undefined;
  const reason = 'it must be "browser", "os" or "device", or a constant array of them';
  return { argument: "what to look for", reason };
}

function parts(agent: SqlExpr, look: SqlExpr): SqlExpr {
  const wanted = asked(constantText(look) ?? "");
  const found = things.filter(([name]) => wanted.includes(name));
  const pairs = found.flatMap(([name, key], index) => [
    text(`${index === 0 ? "{" : ","}"${key}":`),
    call(`goshawk_user_agent_${name}`, agent),
  ]);
  return concat(...pairs, text("}"));
}

export const userAgents: readonly ScalarFunction[] = [
  scalarFunction({
    name: "parse_user_agent",
    summary: "The browser, operating system and device that a user agent tells of.",
    approximate:
      "by the patterns of ua-parser's uap-core 0.18.0 over the first 1,024 characters; Kusto may have others for new agents",
    overloads: [
      { signature: "parse_user_agent(agent: string, look: string): dynamic", nulls: "never", lower: { duckdb: parts } },
      {
        signature: "parse_user_agent(agent: string, look: dynamic): dynamic",
        nulls: "never",
        lower: { duckdb: parts },
      },
    ],
    check: complaint,
    examples: [
      [
        'parse_user_agent("Mozilla/5.0 (Windows; U; en-US) AppleWebKit/531.9 (KHTML, like Gecko) AdobeAIR/2.5.1", "browser")',
        'dynamic({"Browser":{"Family":"AdobeAIR","MajorVersion":"2","MinorVersion":"5","Patch":"1"}})',
      ],
      [
        'parse_user_agent("Mozilla/5.0 (SymbianOS/9.2; U; Series60/3.1 NokiaN81-3/10.0.032 Profile/MIDP-2.0 Configuration/CLDC-1.1 ) AppleWebKit/413 (KHTML, like Gecko) Safari/4", dynamic(["os","device"]))',
        'dynamic({"OperatingSystem":{"Family":"Symbian OS","MajorVersion":"9","MinorVersion":"2","Patch":"","PatchMinor":""},"Device":{"Family":"Nokia N81","Brand":"Nokia","Model":"N81-3"}})',
      ],
    ],
  }),
];
