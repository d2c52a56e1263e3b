import { type KeyValueFormat, keyValues } from "../../values/keyValues.ts";
import { type HostFunction, hostFunction } from "./define.ts";

/** The keys and the format of one `parse-kv`, as its query hands them over in JSON. */
export interface KeyValueRequest {
  readonly keys: readonly string[];
  readonly format: KeyValueFormat;
}

const requests = new Map<string, KeyValueRequest>();

function requestOf(text: string): KeyValueRequest {
  const known = requests.get(text);
  if (known !== undefined) return known;
  if (requests.size >= 64) requests.clear();
  const made: KeyValueRequest = JSON.parse(text);
  requests.set(text, made);
  return made;
}

/** An array with the value of each key, null where the key isn't there. */
export const keyValueFunctions: readonly HostFunction[] = [
  hostFunction("goshawk_key_values", ["VARCHAR", "VARCHAR"], "VARCHAR", (text, request) => {
    const { keys, format } = requestOf(String(request));
    return JSON.stringify(keyValues(String(text), keys, format).map((value) => value ?? null));
  }),
];
