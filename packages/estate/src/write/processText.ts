import { type Span, timeText } from "../clock.ts";
import type { Account } from "../model/device.ts";
import type { ProcessFact, RemoteSession } from "../model/process.ts";
import { fragmentText } from "./fragments.ts";

/** The parts of rows that belong to one run of a program; very many are made, so they are put together by hand. */
export interface RunTexts {
  /** The run as the initiating process of others; what its own process row says beyond this is left out. */
  readonly initiating: (process: ProcessFact) => string;
  /** The run as what a process row is about. */
  readonly created: (process: ProcessFact) => string;
}

export function createRunTexts(span: Span): RunTexts {
  const initiatingAccount = remember(initiatingAccountText);
  const createdAccount = remember(createdAccountText);
  return {
    initiating: (process) => {
      const { parent, session, processId, uniqueId, commandLine, created, account } = process;
      return (
        `"InitiatingProcessCommandLine":${JSON.stringify(commandLine)},` +
        `"InitiatingProcessCreationTime":"${timeText(span, created)}",` +
        `"InitiatingProcessId":${processId},"InitiatingProcessUniqueId":"${uniqueId}",` +
        `"InitiatingProcessParentFileName":"${parent.fileName}","InitiatingProcessParentId":${parent.processId},` +
        `${initiatingAccount(account)}${sessionText("InitiatingProcess", session)}`
      );
    },
    created: ({ session, processId, uniqueId, commandLine, created, account }) =>
      `"ProcessId":${processId},"ProcessCommandLine":${JSON.stringify(commandLine)},` +
      `"ProcessCreationTime":"${timeText(span, created)}","ProcessUniqueId":"${uniqueId}",` +
      `${createdAccount(account)}${sessionText("Process", session)}`,
  };
}

/** What only a process row says of its initiating process. */
export function initiatingTrustText({ file, account, parent }: ProcessFact, span: Span): string {
  const { certificate } = file;
  const status = certificate === undefined ? "Unknown" : certificate.trusted ? "Valid" : "Invalid";
  const kind = certificate === undefined ? "Unknown" : certificate.microsoftRoot ? "OsVendor" : "Other";
  return (
    `"InitiatingProcessLogonId":${account.logonId},"InitiatingProcessParentCreationTime":"${timeText(span, parent.created)}",` +
    `"InitiatingProcessSignatureStatus":"${status}","InitiatingProcessSignerType":"${kind}",`
  );
}

function initiatingAccountText({ domain, name, upn, integrity }: Account): string {
  return fragmentText({
    InitiatingProcessAccountDomain: domain,
    InitiatingProcessAccountName: name,
    ...(upn !== null && { InitiatingProcessAccountUpn: upn }),
    InitiatingProcessIntegrityLevel: integrity,
  });
}

function createdAccountText(account: Account): string {
  return fragmentText({
    AccountDomain: account.domain,
    AccountName: account.name,
    AccountSid: account.sid,
    ...(account.upn !== null && { AccountUpn: account.upn }),
    ProcessIntegrityLevel: account.integrity,
    ProcessTokenElevation: account.elevation,
    LogonId: account.logonId,
    CreatedProcessSessionId: account.sessionId,
  });
}

function sessionText(prefix: "Process" | "InitiatingProcess", session: RemoteSession | undefined): string {
  if (session === undefined) return `"Is${prefix}RemoteSession":false,`;
  return fragmentText({
    [`Is${prefix}RemoteSession`]: true,
    [`${prefix}RemoteSessionDeviceName`]: session.deviceName,
    [`${prefix}RemoteSessionIP`]: session.ip,
  });
}

function remember<K extends object>(make: (key: K) => string): (key: K) => string {
  const made = new WeakMap<K, string>();
  return (key) => {
    const text = made.get(key) ?? make(key);
    made.set(key, text);
    return text;
  };
}
