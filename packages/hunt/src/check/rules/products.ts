import type { Examination } from "@goshawk/kql";
import { keyStretch, problem, type RuleCheck, type RuleContext } from "../context.ts";

/** Columns by which Defender knows what a custom detection is about, by its documentation. */
const assets = new Set(
  "DeviceId DeviceName RemoteDeviceName RecipientEmailAddress SenderFromAddress SenderMailFromAddress SenderObjectId RecipientObjectId AccountObjectId AccountSid AccountUpn InitiatingProcessAccountSid InitiatingProcessAccountUpn InitiatingProcessAccountObjectId".split(
    " ",
  ),
);

/** Tables of Defender that a continuous (near-real-time) custom detection may read, by its documentation. */
const continuous = new Set(
  "AlertEvidence DeviceEvents DeviceFileCertificateInfo DeviceFileEvents DeviceImageLoadEvents DeviceLogonEvents DeviceNetworkEvents DeviceNetworkInfo DeviceInfo DeviceProcessEvents DeviceRegistryEvents EmailAttachmentInfo EmailEvents EmailPostDeliveryEvents EmailUrlInfo UrlClickEvents".split(
    " ",
  ),
);

/** Why a rule can't be a custom detection of Defender; empty where it can, undefined where that can't be told. */
export function hindrancesToDetection({ query, isDefender }: RuleContext): readonly string[] | undefined {
  const columns = known(query);
  if (query === undefined || columns === undefined) return undefined;
  const foreign = query.tables.filter((table) => !isDefender(table));
  const alerts = query.tables.length > 0 && query.tables.every((table) => /^Alert(Info|Evidence)$/.test(table));
  return [
    ...(query.tables.length === 0 ? ["it reads no table"] : []),
    ...foreign.map((table) => `${table} is no table of Defender`),
    ...(columns.has("Timestamp") || columns.has("TimeGenerated")
      ? []
      : ["it returns neither Timestamp nor TimeGenerated"]),
    ...(columns.has("ReportId") || alerts ? [] : ["it returns no ReportId"]),
    ...([...columns].some((column) => assets.has(column))
      ? []
      : ["it returns no column that names a device, account or mailbox"]),
  ];
}

/** Why a rule can't run near real time in Sentinel; empty where it can, undefined where that can't be told. */
export function hindrancesToNrt({ query, rule }: RuleContext): readonly string[] | undefined {
  if (query === undefined || query.diagnostics.length > 0) return undefined;
  return [
    ...(query.tables.length === 0 ? ["it reads no table"] : []),
    ...(query.functions.includes("workspace") ? ["it reads another workspace"] : []),
    ...(query.operators.includes("SearchOperator") ? ["it searches"] : []),
    ...(rule.query.length > 10_000 ? ["the query has more than 10000 characters"] : []),
  ];
}

/** Why a custom detection can't run continuously. */
export function hindrancesToContinuous(context: RuleContext): readonly string[] | undefined {
  const { query } = context;
  const first = hindrancesToDetection(context);
  if (query === undefined || first === undefined) return undefined;
  return [
    ...first,
    ...(query.tables.length > 1 ? [`it reads ${query.tables.length} tables`] : []),
    ...query.tables.filter((table) => !continuous.has(table)).map((table) => `${table} is not among the tables for it`),
    ...(query.operators.includes("JoinOperator") ? ["it joins"] : []),
    ...(query.operators.includes("UnionOperator") ? ["it unites tables"] : []),
    ...(query.operators.includes("ExternalDataOperator") ? ["it reads external data"] : []),
    ...(/(^|\s)\/\//.test(context.rule.query) ? ["it has comments"] : []),
  ];
}

function known(query: Examination | undefined): ReadonlySet<string> | undefined {
  if (query === undefined || query.diagnostics.length > 0 || query.open || query.columns === undefined)
    return undefined;
  return new Set(query.columns.map((column) => column.name));
}

/** Rules of a kind that can't do what they ask for. */
export const products: RuleCheck = (context) => {
  const { kind } = context.rule;
  if (kind === "custom-detection") {
    const isContinuous = context.rule.queryFrequency === undefined;
    const reasons = (isContinuous ? hindrancesToContinuous(context) : hindrancesToDetection(context)) ?? [];
    const what = isContinuous ? "a continuous custom detection" : "a custom detection";
    return reasons.map((reason) =>
      problem(context, "not-a-custom-detection", keyStretch(context, "query"), {
        message: `This can't be ${what}: ${reason}.`,
      }),
    );
  }
  if (kind !== "nrt") return [];
  return (hindrancesToNrt(context) ?? []).map((reason) =>
    problem(context, "not-an-nrt-rule", keyStretch(context, "query"), {
      message: `This can't be a near-real-time rule: ${reason}.`,
    }),
  );
};
