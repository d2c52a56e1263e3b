const identifiers: Readonly<Record<string, readonly string[]>> = {
  Account: words(
    "Name FullName NTDomain DnsDomain UPNSuffix Sid AadTenantId AadUserId PUID IsDomainJoined DisplayName ObjectGuid CloudAppAccountId",
  ),
  AzureResource: words("ResourceId"),
  CloudApplication: words("AppId Name InstanceName"),
  DNS: words("DomainName"),
  File: words("Directory Name"),
  FileHash: words("Algorithm Value"),
  Host: words("DnsDomain NTDomain HostName FullName NetBiosName AzureID OMSAgentID OSFamily OSVersion IsDomainJoined"),
  IP: words("Address AddressScope"),
  MailCluster: words(
    "NetworkMessageIds CountByDeliveryStatus CountByThreatType CountByProtectionStatus Threats Query QueryTime MailCount IsVolumeAnomaly Source ClusterSourceIdentifier ClusterSourceType ClusterQueryStartTime ClusterQueryEndTime ClusterGroup",
  ),
  MailMessage: words(
    "Recipient Urls Threats Sender P1Sender P1SenderDisplayName P1SenderDomain SenderIP P2Sender P2SenderDisplayName P2SenderDomain ReceivedDate NetworkMessageId InternetMessageId Subject BodyFingerprintBin1 BodyFingerprintBin2 BodyFingerprintBin3 BodyFingerprintBin4 BodyFingerprintBin5 AntispamDirection DeliveryAction DeliveryLocation Language ThreatDetectionMethods",
  ),
  Mailbox: words("MailboxPrimaryAddress DisplayName Upn AadId RiskLevel ExternalDirectoryObjectId"),
  Malware: words("Name Category"),
  Process: words("ProcessId CommandLine ElevationToken CreationTimeUtc"),
  RegistryKey: words("Hive Key"),
  RegistryValue: words("Name Value ValueType"),
  SecurityGroup: words("DistinguishedName SID ObjectGuid"),
  SentinelEntities: words("Entities"),
  SubmissionMail: words(
    "SubmissionId SubmissionDate Submitter NetworkMessageId Timestamp Recipient Sender SenderIp Subject ReportType",
  ),
  URL: words("Url"),
};

/** Sentinel's entity types and the identifiers that mappings may use, by its "entity types reference". */
export const entityTypes: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(identifiers));

function words(text: string): readonly string[] {
  return text.split(" ");
}
