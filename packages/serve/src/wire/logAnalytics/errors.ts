import { positionAt } from "@goshawk/kql/values";
import type { QueryFault } from "../../engines/answers.ts";
import { ServeError } from "../../http/serveError.ts";
import { kustoCode } from "../kusto/errors.ts";

/** A failure before the first row, with its HTTP status. */
export function logAnalyticsError(
  error: QueryFault | ServeError,
  correlationId: string,
): { readonly status: number; readonly body: { readonly error: object } } {
  if (error instanceof ServeError) {
    const code = codes[error.status] ?? error.code;
    return { status: error.status, body: { error: { message: error.message, code, correlationId } } };
  }
  const { diagnostics, text } = error;
  const [first] = diagnostics;
  const code = first === undefined ? "SEM0100" : kustoCode(first);
  const syntax = code === "SYN0002";
  const at = positionAt(text, first?.span.start ?? 0);
  const token = first === undefined ? "" : text.slice(first.span.start, first.span.end).slice(0, 200);
  return {
    status: 400,
    body: {
      error: {
        message: "The request had some invalid properties",
        code: "BadArgumentError",
        correlationId,
        innererror: {
          code: syntax ? "SyntaxError" : "SemanticError",
          message: syntax ? "A recognition error occurred in the query." : "A semantic error occurred.",
          innererror: {
            code,
            message: diagnostics.map((item) => item.message).join("\n"),
            line: at.line,
            pos: at.column,
            token,
          },
        },
      },
    },
  };
}

const codes: Readonly<Record<number, string>> = {
  400: "BadArgumentError",
  401: "AuthorizationRequiredError",
  403: "InsufficientAccessError",
  429: "ThrottledError",
  504: "GatewayTimeout",
};

/** What an answer says that had to end early. */
export function partialError(error: QueryFault | ServeError): object {
  return {
    code: "PartialError",
    message: "There were some errors when processing your query.",
    details: [
      {
        code: "EngineError",
        message: "Something went wrong processing your query on the server.",
        innererror: { code: "-2133196797", message: error.message, severity: 2, severityName: "Error" },
      },
    ],
  };
}
