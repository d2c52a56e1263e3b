import type { DuckDBConnection } from "@goshawk/engine/duckdb";
import { quoteText } from "@goshawk/kql";
import type { RowSource } from "../rowSource.ts";
import { type JsonLayout, recordsSql } from "./records.ts";
import { rejectionsOf } from "./rejectedLines.ts";
import { surveyRecords } from "./survey.ts";

/** Where each column of AWSCloudTrail comes from in a CloudTrail record. */
const columns: readonly (readonly [column: string, path: string])[] = [
  ["TimeGenerated", "$.eventTime"],
  ["AwsEventId", "$.eventID"],
  ["EventName", "$.eventName"],
  ["EventSource", "$.eventSource"],
  ["EventTypeName", "$.eventType"],
  ["EventVersion", "$.eventVersion"],
  ["AWSRegion", "$.awsRegion"],
  ["SourceIpAddress", "$.sourceIPAddress"],
  ["UserAgent", "$.userAgent"],
  ["ErrorCode", "$.errorCode"],
  ["ErrorMessage", "$.errorMessage"],
  ["AwsRequestId_", "$.requestID"],
  ["RequestParameters", "$.requestParameters"],
  ["ResponseElements", "$.responseElements"],
  ["AdditionalEventData", "$.additionalEventData"],
  ["Resources", "$.resources"],
  ["ReadOnly", "$.readOnly"],
  ["ManagementEvent", "$.managementEvent"],
  ["RecipientAccountId", "$.recipientAccountId"],
  ["SharedEventId", "$.sharedEventID"],
  ["VpcEndpointId", "$.vpcEndpointId"],
  ["APIVersion", "$.apiVersion"],
  ["ServiceEventDetails", "$.serviceEventDetails"],
  ["UserIdentityType", "$.userIdentity.type"],
  ["UserIdentityPrincipalid", "$.userIdentity.principalId"],
  ["UserIdentityArn", "$.userIdentity.arn"],
  ["UserIdentityAccountId", "$.userIdentity.accountId"],
  ["UserIdentityAccessKeyId", "$.userIdentity.accessKeyId"],
  ["UserIdentityUserName", "$.userIdentity.userName"],
  ["UserIdentityInvokedBy", "$.userIdentity.invokedBy"],
  ["SessionMfaAuthenticated", "$.userIdentity.sessionContext.attributes.mfaAuthenticated"],
  ["SessionCreationDate", "$.userIdentity.sessionContext.attributes.creationDate"],
  ["SessionIssuerType", "$.userIdentity.sessionContext.sessionIssuer.type"],
  ["SessionIssuerPrincipalId", "$.userIdentity.sessionContext.sessionIssuer.principalId"],
  ["SessionIssuerArn", "$.userIdentity.sessionContext.sessionIssuer.arn"],
  ["SessionIssuerAccountId", "$.userIdentity.sessionContext.sessionIssuer.accountId"],
  ["SessionIssuerUserName", "$.userIdentity.sessionContext.sessionIssuer.userName"],
];

/** AWS CloudTrail records as rows of AWSCloudTrail. */
export async function cloudTrailSource(
  path: string,
  layout: JsonLayout,
  connection: DuckDBConnection,
  list?: string,
): Promise<RowSource> {
  const shape = { layout, ...(list === undefined ? {} : { list }) };
  const { odd } = await surveyRecords(path, shape, connection);
  const cells = columns.map(([column, at], index) => {
    const cell = `json_extract_string(json, ${quoteText(at)})`;
    // Shippers of logs keep the time under a name of their own.
    return column === "TimeGenerated"
      ? `coalesce(${cell}, json_extract_string(json, '$."@timestamp"')) as f${index}`
      : `${cell} as f${index}`;
  });
  const records = `(select json, row_number() over () as _line from ${recordsSql(path, layout, list)})`;
  return {
    format: "AWS CloudTrail",
    sql: `select ${["_line", ...cells].join(", ")} from ${records} where json_type(json) = 'OBJECT'`,
    fields: columns.map(([column]) => column),
    table: "AWSCloudTrail",
    ...(await rejectionsOf(path, shape, odd, connection)),
    notes: [],
  };
}
