import { describe, expect, it } from "vitest";
import { loadRules } from "../../../src/rules/load.ts";
import { misplaced } from "../support/places.ts";

/** As the portal's "Export" writes analytics rules. */
const template = `{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "parameters": { "workspace": { "type": "String" } },
  "variables": { "hunt": "DeviceEvents\\n| take 1", "ids": { "second": "0b2f4f2a-7a7c-4b8e-9d56-2b1f1f9c9a01" } },
  "resources": [
    {
      "id": "[concat(resourceId('Microsoft.OperationalInsights/workspaces/providers', parameters('workspace'), 'Microsoft.SecurityInsights'),'/alertRules/493b6376-8cd5-4bbe-ac58-54b4f64aafbe')]",
      "name": "[concat(parameters('workspace'),'/Microsoft.SecurityInsights/493b6376-8cd5-4bbe-ac58-54b4f64aafbe')]",
      "type": "Microsoft.OperationalInsights/workspaces/providers/alertRules",
      "kind": "Scheduled",
      "apiVersion": "2022-11-01-preview",
      "properties": {
        "displayName": "A \\"quoted\\" name",
        "description": "What it finds",
        "severity": "Medium",
        "enabled": true,
        "query": "SigninLogs\\r\\n| where ResultType == \\"0\\" and Location != 'D\\u00fcsseldorf'\\n| project TimeGenerated, UserPrincipalName",
        "queryFrequency": "PT1H",
        "queryPeriod": "P1D",
        "triggerOperator": "GreaterThan",
        "triggerThreshold": 3,
        "suppressionDuration": "PT5H",
        "suppressionEnabled": true,
        "startTimeUtc": null,
        "tactics": ["InitialAccess"],
        "techniques": ["T1078", "T1566"],
        "subTechniques": ["T1078.004"],
        "alertRuleTemplateName": null,
        "incidentConfiguration": { "createIncident": true },
        "eventGroupingSettings": { "aggregationKind": "SingleAlert" },
        "alertDetailsOverride": { "alertDisplayNameFormat": "By {{UserPrincipalName}}" },
        "customDetails": { "Who": "UserPrincipalName" },
        "entityMappings": [
          { "entityType": "Account", "fieldMappings": [{ "identifier": "FullName", "columnName": "UserPrincipalName" }] }
        ]
      }
    },
    {
      "name": "[concat(parameters('workspace'),'/Microsoft.SecurityInsights/BuiltInFusion')]",
      "type": "Microsoft.OperationalInsights/workspaces/providers/alertRules",
      "kind": "Fusion",
      "properties": { "enabled": true }
    },
    {
      "type": "Microsoft.Resources/deployments",
      "properties": { "template": { "resources": [
        {
          "type": "savedSearches",
          "name": "never a full type"
        },
        {
          "type": "Microsoft.OperationalInsights/workspaces/savedSearches",
          "name": "[concat(parameters('workspace'), '/', variables('ids').second)]",
          "properties": {
            "category": "Hunting Queries",
            "displayName": "A hunt",
            "query": "[variables('hunt')]",
            "version": 2,
            "tags": [
              { "name": "description", "value": "Why" },
              { "name": "tactics", "value": "Persistence, Execution" },
              { "name": "techniques", "value": "T1098" }
            ]
          }
        },
        {
          "type": "Microsoft.OperationalInsights/workspaces/savedSearches",
          "name": "parser",
          "properties": { "category": "Functions", "displayName": "P", "functionAlias": "MyParser", "query": "T" }
        }
      ] } }
    }
  ]
}`;

function lineOf(text: string): number {
  return template.slice(0, template.indexOf(text)).split("\n").length;
}

describe("an ARM template", () => {
  const file = loadRules(template, "export.json");

  it("gives all that an analytics rule states, by the words of the API", () => {
    expect(file.format).toBe("json");
    const [rule] = file.rules;
    expect(rule).toMatchObject({
      id: "493b6376-8cd5-4bbe-ac58-54b4f64aafbe",
      idOrigin: "file",
      name: 'A "quoted" name',
      kind: "scheduled",
      severity: "Medium",
      query:
        "SigninLogs\r\n| where ResultType == \"0\" and Location != 'Düsseldorf'\n| project TimeGenerated, UserPrincipalName",
      queryFrequency: "PT1H",
      queryPeriod: "P1D",
      triggerOperator: "GreaterThan",
      triggerThreshold: 3,
      suppressionDuration: "PT5H",
      suppressionEnabled: true,
      tactics: ["InitialAccess"],
      techniques: ["T1566", "T1078.004"],
      eventGroupingSettings: { aggregationKind: "SingleAlert" },
      alertDetailsOverride: { alertDisplayNameFormat: "By {{UserPrincipalName}}" },
      customDetails: { Who: "UserPrincipalName" },
    });
    expect(rule?.entityMappings[0]).toMatchObject({ entityType: "Account" });
    expect(rule?.entityMappings[0]?.fieldMappings[0]?.position.line).toBe(lineOf('"columnName"'));
  });

  it("finds hunting queries in nested deployments, with query and name from variables", () => {
    expect(file.rules[1]).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name: "A hunt",
      kind: "hunting-query",
      query: "DeviceEvents\n| take 1",
      description: "Why",
      tactics: ["Persistence", "Execution"],
      techniques: ["T1098"],
    });
    expect(file.rules).toHaveLength(2);
  });

  it("names what has no query of its own, and functions", () => {
    expect(file.problems.map(({ code, line }) => [code, line])).toEqual([
      ["rule-without-query", lineOf("BuiltInFusion") - 1],
      ["function-not-rule", lineOf('"parser"') - 2],
    ]);
  });

  it("leads every character of a query back to its place, through escapes and variables", () => {
    for (const rule of file.rules) {
      const [first] = rule.queryOrigin;
      const line = template.split("\n")[(first?.line ?? 0) - 1] ?? "";
      expect(line.slice((first?.column ?? 0) - 1)).toMatch(/^(SigninLogs|DeviceEvents)/);
    }
  });
});

describe("other JSON", () => {
  it("gives the rules that an API answers with, where brackets are no expressions", () => {
    const answer = {
      value: [
        {
          id: "/subscriptions/s/resourceGroups/g/providers/Microsoft.SecurityInsights/alertRules/73e01a99-5cd7-4139-a149-9f2736ff2ab5",
          name: "73e01a99-5cd7-4139-a149-9f2736ff2ab5",
          type: "Microsoft.SecurityInsights/alertRules",
          kind: "NRT",
          properties: { displayName: "Bracket", severity: "High", query: "['DeviceEvents']" },
        },
      ],
    };
    const { rules, problems } = loadRules(JSON.stringify(answer, null, 2), "answer.json");
    expect(rules).toMatchObject([
      { id: "73e01a99-5cd7-4139-a149-9f2736ff2ab5", kind: "nrt", query: "['DeviceEvents']" },
    ]);
    expect(problems).toEqual([]);
  });

  /** The example of Microsoft Graph's page "Get detectionRule", shortened. */
  const detection = {
    "@odata.type": "#microsoft.graph.security.detectionRule",
    id: "7506",
    displayName: "ban file",
    isEnabled: true,
    detectorId: "67aa92a1-b04b-4f2a-a223-236968a3da96",
    queryCondition: {
      queryText: "DeviceFileEvents\r\n| where Timestamp > ago(1h)",
      lastModifiedDateTime: "2021-02-28T16:38:00Z",
    },
    schedule: { period: "24H", nextRunDateTime: "2021-03-01T15:26:38.3766667Z" },
    detectionAction: {
      alertTemplate: {
        title: "unwanted - block file",
        description: "Block",
        severity: "low",
        category: "Malware",
        mitreTechniques: ["T1140"],
        impactedAssets: [{ "@odata.type": "#microsoft.graph.security.impactedDeviceAsset", identifier: "deviceId" }],
      },
    },
  };

  it("gives custom detections of Defender, with the look-back that their period has by its documentation", () => {
    const { rules, problems } = loadRules(JSON.stringify({ value: [detection] }, null, 2), "detections.json");
    expect(problems).toEqual([]);
    expect(rules).toMatchObject([
      {
        id: "67aa92a1-b04b-4f2a-a223-236968a3da96",
        kind: "custom-detection",
        name: "ban file",
        severity: "Low",
        techniques: ["T1140"],
        queryFrequency: "24H",
        queryPeriod: "30d",
        query: "DeviceFileEvents\r\n| where Timestamp > ago(1h)",
        entityMappings: [{ entityType: "Host", fieldMappings: [{ columnName: "DeviceId" }] }],
        extra: { enabled: true, category: "Malware" },
      },
    ]);
  });

  it("takes a doubled bracket at the beginning of a template's text for one", () => {
    const text = template.replace('"DeviceEvents\\n| take 1"', `"[['DeviceEvents']"`);
    const hunt = loadRules(text, "export.json").rules[1];
    expect(hunt?.query).toBe("['DeviceEvents']");
    expect(
      misplaced({ ...hunt, queryOrigin: hunt?.queryOrigin ?? [], query: hunt?.query ?? "" } as never, text),
    ).toEqual([]);
  });

  it.each([
    ['{"a": [1, }', "json-syntax", 1],
    ["[".repeat(60), "too-deep", 1],
    ['{"value": []}', "no-rule", 1],
    ['{\n"name": "x", "query": "T",\n "query": "U"}', "duplicate-key", 3],
    [template.replace("[variables('hunt')]", "[concat('a', 'b')]"), "template-expression", lineOf("variables('hunt')")],
  ])("is refused at its place: %#", (text, code, line) => {
    const { problems } = loadRules(text, "odd.json");
    expect(problems.map((problem) => [problem.code, problem.line])).toContainEqual([code, line]);
  });

  it("of great depth or with a million brackets ends early", () => {
    const { problems } = loadRules(`{"a":${"[".repeat(1_000_000)}`, "deep.json");
    expect(problems.map(({ code }) => code)).toEqual(["too-deep"]);
  });
});

describe("JSON made to be slow to read is read all the same", () => {
  it("keys that stand twice, behind much else", () => {
    const text = `{"a":"${"\\n".repeat(200_000)}","b":1${',"b":1'.repeat(40_000)}}`;
    expect(loadRules(text, "a.json").problems[0]).toMatchObject({ code: "duplicate-key", line: 1 });
  });
  it("many texts that name one of many variables", () => {
    const names = Array.from({ length: 20_000 }, (_, index) => `v${index}`);
    const properties = { displayName: "x", query: "T", tactics: names.map((name) => `[variables('${name}')]`) };
    const file = loadRules(
      JSON.stringify({
        $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        resources: [{ type: "Microsoft.SecurityInsights/alertRules", kind: "NRT", properties }],
        variables: Object.fromEntries(names.map((name) => [name, "Impact"])),
      }),
      "a.json",
    );
    expect(file.rules[0]?.tactics).toHaveLength(20_000);
  });
});
