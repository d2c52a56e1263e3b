import { derivedId } from "../identity.ts";
import type { Rule } from "../rule.ts";
import type { TextOrigin } from "../text/origin.ts";

/** A query and all that is known of it where it stands alone, outside of a rule's YAML. */
export interface BareQuery {
  readonly name: string;
  readonly description: string;
  readonly query: string;
  readonly queryOrigin: TextOrigin;
  readonly path: string;
  readonly identity: string;
  readonly part: number;
}

export function queryRule({ identity, ...bare }: BareQuery): Rule {
  return {
    ...bare,
    id: derivedId(identity, bare.name),
    idOrigin: "derived",
    kind: "query",
    tactics: [],
    techniques: [],
    connectors: [],
    entityMappings: [],
    customDetails: {},
    tags: [],
    keys: {},
    attackPlaces: { tactics: [], techniques: [] },
    extra: {},
  };
}
