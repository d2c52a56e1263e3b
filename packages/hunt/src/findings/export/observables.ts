import { isIP } from "node:net";
import type { Entity } from "../../hunts/entities.ts";
import { uuid5, uuidOfHash } from "./uuid.ts";

/** An object of STIX 2.1. */
export interface StixObject {
  readonly type: string;
  readonly spec_version: "2.1";
  readonly id: string;
  readonly [property: string]: unknown;
}

/** STIX 2.1, section 2.9: ids of cyber-observable objects are made in this namespace, of their contributing properties. */
const OBSERVABLES = "00abedb4-aa42-466c-9c01-fed23315a9b7";

/** What a finding names, as observables; nothing for a host, which STIX knows as an identity, and what it has no object for. */
export function observablesOf(entities: readonly Entity[]): readonly StixObject[] {
  return joined(entities).flatMap((entity) => observableOf(entity) ?? []);
}

/** Sentinel splits a user principal name in two; they are one account where the finding names one of each. */
function joined(entities: readonly Entity[]): readonly Entity[] {
  const parts = (wanted: string): readonly Entity[] => entities.filter((entity) => nameOf(entity) === wanted);
  const [[name, ...names], [suffix, ...suffixes]] = [parts("account.name"), parts("account.upnsuffix")];
  if (name === undefined || suffix === undefined || names.length + suffixes.length > 0 || name.value.includes("@"))
    return entities;
  const whole = { ...name, value: `${name.value}@${suffix.value.replace(/^@/, "")}` };
  return entities.map((entity) => (entity === name ? whole : entity));
}

function nameOf({ type, identifier }: Entity): string {
  return `${type}.${identifier}`.toLowerCase();
}

type Making = (value: string) => StixObject | undefined;

const address: Making = (value) => {
  const version = isIP(value);
  return version === 0 ? undefined : observable(version === 4 ? "ipv4-addr" : "ipv6-addr", { value });
};
const mailAddress: Making = (value) => (value.includes("@") ? observable("email-addr", { value }) : undefined);
const login: Making = (value) => observable("user-account", { account_login: value });
const user: Making = (value) => observable("user-account", { user_id: value });

/** The identifiers that say by themselves what was observed; a domain, a subject or a flag does not. */
const makings: ReadonlyMap<string, Making> = new Map([
  ["ip.address", address],
  ["url.url", (value) => observable("url", { value })],
  ["dns.domainname", (value) => observable("domain-name", { value })],
  ["mailbox.mailboxprimaryaddress", mailAddress],
  ["mailbox.upn", mailAddress],
  ["mailmessage.recipient", mailAddress],
  ["mailmessage.sender", mailAddress],
  ["mailmessage.p1sender", mailAddress],
  ["mailmessage.p2sender", mailAddress],
  ["mailmessage.senderip", address],
  ["account.name", login],
  ["account.fullname", login],
  ["account.sid", user],
  ["account.aaduserid", user],
  ["account.objectguid", user],
  ["account.puid", user],
  ["account.cloudappaccountid", user],
  ["filehash.value", hashOf],
  ["file.name", (value) => observable("file", { name: value })],
  ["process.commandline", process],
]);

function observableOf(entity: Entity): StixObject | undefined {
  return makings.get(nameOf(entity))?.(entity.value);
}

function process(value: string): StixObject {
  const id = `process--${uuidOfHash(`process ${value}`)}`;
  return { type: "process", spec_version: "2.1", id, command_line: value };
}

const algorithms: Readonly<Record<number, string>> = { 32: "MD5", 40: "SHA-1", 64: "SHA-256" };

function hashOf(value: string): StixObject | undefined {
  const algorithm = /^[0-9a-f]+$/i.test(value) ? algorithms[value.length] : undefined;
  return algorithm === undefined ? undefined : observable("file", { hashes: { [algorithm]: value.toLowerCase() } });
}

/** All of the properties given contribute to the id; there is one of each object, so that their order is canonical. */
function observable(type: string, properties: Readonly<Record<string, unknown>>): StixObject {
  const id = `${type}--${uuid5(OBSERVABLES, JSON.stringify(properties))}`;
  return { type, spec_version: "2.1", id, ...properties };
}
