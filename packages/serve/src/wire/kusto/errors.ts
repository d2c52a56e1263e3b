import type { Diagnostic } from "@goshawk/kql";
import { positionAt } from "@goshawk/kql/values";
import { QueryFault } from "../../engines/answers.ts";
import { ServeError } from "../../http/serveError.ts";

/** What an error is said in the context of. */
export interface ErrorContext {
  readonly clientRequestId: string;
  readonly activityId: string;
  readonly database: string;
  readonly text: string;
}

/** The body of an error as Kusto's services send it. */
export interface OneApiError {
  readonly error: Readonly<Record<string, unknown>>;
}

/** Kusto's code of a diagnostic: what the grammar refuses is SYN0002, the rest SEM0100. */
export function kustoCode({ code }: Diagnostic): "SYN0002" | "SEM0100" {
  return /^KS(00\d|176|198|217|22\d|238)$/.test(code) ? "SYN0002" : "SEM0100";
}

/** What a person reads of a diagnostic, with its line and position (from 1). */
export function kustoMessage(item: Diagnostic, text: string): string {
  const { line, column } = positionAt(text, item.span.start);
  const code = kustoCode(item);
  const kind = code === "SYN0002" ? "Syntax" : "Semantic";
  return `${kind} error: ${code}: ${item.message} [line:position=${line}:${column}]`;
}

/** Any failure in Kusto's words, with its HTTP status. */
export function oneApiError(
  error: unknown,
  context: ErrorContext,
): { readonly status: number; readonly body: OneApiError } {
  if (error instanceof QueryFault) return { status: 400, body: faultBody(error, context) };
  const known =
    error instanceof ServeError ? error : new ServeError(500, "InternalServerError", "The server failed.", {});
  return {
    status: known.status,
    body: {
      error: {
        code: known.code,
        message: known.message,
        "@type": types[known.status] ?? "Kusto.Data.Exceptions.KustoServiceException",
        "@message": known.message,
        "@context": contextOf(context),
        "@permanent": known.permanent,
      },
    },
  };
}

const types: Readonly<Record<number, string>> = {
  400: "Kusto.Data.Exceptions.KustoBadRequestException",
  401: "Kusto.Data.Exceptions.KustoAuthenticationException",
  403: "Kusto.Data.Exceptions.KustoUnauthorizedException",
  404: "Kusto.Data.Exceptions.EntityNotFoundException",
  413: "Kusto.Data.Exceptions.KustoBadRequestException",
  429: "Kusto.Data.Exceptions.KustoServicePartialQueryFailureThrottledException",
  504: "Kusto.DataNode.Exceptions.QueryTimeoutException",
};

function faultBody({ diagnostics, text }: QueryFault, context: ErrorContext): OneApiError {
  const [first] = diagnostics;
  const message = diagnostics.map((item) => kustoMessage(item, text)).join("\n");
  const code = first === undefined ? "SEM0100" : kustoCode(first);
  const at = first === undefined ? { line: 1, column: 1 } : positionAt(text, first.span.start);
  const syntax = code === "SYN0002";
  return {
    error: {
      code: "General_BadRequest",
      message: `Request is invalid and cannot be executed. ${message}`,
      "@type": "Kusto.Data.Exceptions.KustoBadRequestException",
      "@message": message,
      "@context": contextOf(context),
      "@permanent": true,
      "@text": context.text,
      "@database": context.database,
      innererror: {
        code,
        message,
        "@type": syntax ? "Kusto.Data.Exceptions.SyntaxException" : "Kusto.Data.Exceptions.SemanticException",
        "@message": message,
        "@errorCode": code,
        "@errorMessage": message,
        "@permanent": true,
        line: at.line,
        pos: at.column,
        token: first === undefined ? "" : text.slice(first.span.start, first.span.end).slice(0, 200),
      },
    },
  };
}

function contextOf({ clientRequestId, activityId }: ErrorContext): object {
  return { timestamp: new Date().toISOString(), clientRequestId, activityId };
}
