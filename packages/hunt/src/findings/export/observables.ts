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

/** What an entity is as an observable; undefined for a host, which STIX knows as an identity, and what it has no object for. */
export function observableOf({ type, identifier, value }: Entity): StixObject | undefined {
  switch (type.toLowerCase()) {
    case "ip": {
      const version = isIP(value);
      return version === 0 ? undefined : observable(version === 4 ? "ipv4-addr" : "ipv6-addr", { value });
    }
    case "url":
      return observable("url", { value });
    case "dns":
      return observable("domain-name", { value });
    case "mailbox":
    case "mailmessage":
      return value.includes("@") ? observable("email-addr", { value }) : undefined;
    case "account":
      return observable(
        "user-account",
        /^(Sid|AadUserId|ObjectGuid|PUID)$/i.test(identifier) ? { user_id: value } : { account_login: value },
      );
    case "filehash":
      return hashOf(value);
    case "file":
      return identifier === "Name" ? observable("file", { name: value }) : undefined;
    case "process":
      if (identifier !== "CommandLine") return undefined;
      return {
        type: "process",
        spec_version: "2.1",
        id: `process--${uuidOfHash(`process ${value}`)}`,
        command_line: value,
      };
    default:
      return undefined;
  }
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
