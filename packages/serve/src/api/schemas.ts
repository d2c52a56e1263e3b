/** Parts of the API's schemas, in JSON Schema. */
export const text = { type: "string" } as const;
export const texts: { readonly type: "array"; readonly items: object } = { type: "array", items: text };
export const time = {
  type: ["string", "null"],
  description: "A datetime with seven digits of a second, or null.",
} as const;
export const number = { type: "integer" } as const;
/** JSON of any kind, written as it is. */
export const anyJson: object = {};
export const anything = { type: "object", additionalProperties: true } as const;

export function object(properties: Readonly<Record<string, object>>, required: readonly string[] = []): object {
  return { type: "object", properties, required: [...required], additionalProperties: false };
}

export function listOf(items: object): object {
  return { type: "array", items };
}

/** What every failure is told as. */
export const failure: object = object(
  { error: object({ code: text, message: text, diagnostics: listOf(anything) }, ["code", "message"]) },
  ["error"],
);

/** The answers that any route may give beside its own. */
export const failures: Readonly<Record<string, object>> = {
  400: { description: "The request or its query is at fault.", ...failure },
  401: { description: "A token is needed.", ...failure },
  403: { description: "The token's role is not enough, or the page's origin is not allowed.", ...failure },
  429: { description: "Too much at once; Retry-After says when to come again.", ...failure },
};

/** A route's schema, with the answers that it shares. */
export function route(
  tag: string,
  summary: string,
  parts: {
    readonly body?: object;
    readonly querystring?: object;
    readonly params?: object;
    readonly response?: object;
  },
): object {
  const { response = {}, ...rest } = parts;
  return { tags: [tag], summary, ...rest, response: { ...response, ...failures } };
}
