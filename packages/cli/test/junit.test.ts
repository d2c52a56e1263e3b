import { expect, test } from "vitest";
import { junitText } from "../src/test/junit.ts";

test("names and differences that hold XML, controls and lone surrogates stay text", () => {
  const position = { line: 3, column: 5 };
  const lines = ["- <b>\u0001\ud800", "+ ]]>"];
  const item = {
    test: {
      name: '"a" & b',
      rule: undefined,
      now: undefined,
      exclusions: undefined,
      events: new Map(),
      expect: { kind: "fires" },
      path: "a.test.yaml",
      position,
    },
    rule: undefined,
    outcome: "failed",
    lines,
    milliseconds: 1500,
  } as const;
  expect(junitText([item])).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="1" failures="1" errors="0" time="1.500">
  <testsuite name="a.test.yaml" tests="1" failures="1" errors="0" time="1.500">
    <testcase name="&quot;a&quot; &amp; b" classname="a.test.yaml" file="a.test.yaml" line="3" time="1.500">
      <failure message="- &lt;b&gt;\\u0001\\ud800">- &lt;b&gt;\\u0001\\ud800
+ ]]&gt;</failure>
    </testcase>
  </testsuite>
</testsuites>
`);
});
