import type { IncomingMessage, ServerResponse } from "node:http";
import type { BodyEnd } from "./steps.ts";

/** One request and how it was answered, told when it is over. */
export interface Exchange {
  readonly method: string;
  /** Path and query as the client sent them. */
  readonly target: string;
  readonly status: number;
  /** Path of the tape that answered. */
  readonly tape: string | undefined;
  /** Body bytes written. */
  readonly bytes: number;
  /** `client`: it went away before the end. */
  readonly end: BodyEnd | "client";
}

/** What the answering side knows when the response closes. */
export interface Outcome {
  tape: string | undefined;
  bytes: number;
  /** How the body was ended; undefined while it was not. */
  end: BodyEnd | undefined;
}

export function noOutcome(): Outcome {
  return { tape: undefined, bytes: 0, end: undefined };
}

/** Tells of the exchange when its response closes; the outcome is filled in until then. */
export function tellAtClose(
  request: IncomingMessage,
  response: ServerResponse,
  outcome: Outcome,
  tell: ((exchange: Exchange) => void) | undefined,
): void {
  if (tell === undefined) return;
  response.once("close", () => {
    const cutOff = !response.writableFinished && (outcome.end ?? "eof") === "eof";
    tell({
      method: request.method ?? "",
      target: request.url ?? "",
      status: response.statusCode,
      tape: outcome.tape,
      bytes: outcome.bytes,
      end: cutOff ? "client" : (outcome.end ?? "eof"),
    });
  });
}
