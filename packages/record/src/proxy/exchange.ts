import type { ClientRequest, IncomingMessage, ServerResponse } from "node:http";

/** Both connections of one exchange, and the first reason of ours to end it. */
export interface Exchange {
  readonly toClient: ServerResponse;
  readonly upstream: ClientRequest;
  readonly end: "client" | "interrupted" | undefined;
  stop(end: "client" | "interrupted"): void;
  answered(response: IncomingMessage): void;
}

export function createExchange(toClient: ServerResponse, upstream: ClientRequest): Exchange {
  let end: "client" | "interrupted" | undefined;
  let response: IncomingMessage | undefined;
  const exchange: Exchange = {
    toClient,
    upstream,
    get end() {
      return end;
    },
    stop(asked) {
      end ??= asked;
      if (response) response.destroy();
      else upstream.destroy();
      toClient.destroy();
    },
    answered(answer) {
      response = answer;
    },
  };
  toClient.once("close", () => exchange.stop("client"));
  return exchange;
}
