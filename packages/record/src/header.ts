import { type Boundaries, encodeBody, type TapeHeader, type TapeResponse } from "@ssert/tape";
import type { Clock } from "./clock.ts";
import { isEncoded } from "./decoding.ts";

export interface HeaderParts {
  readonly clock: Clock;
  readonly tool: string;
  readonly protocol: string | undefined;
  /** `url` and `headers` as they are kept; `body` undefined where it cannot be. */
  readonly request: { method: string; url: string; headers: Record<string, string>; body: Uint8Array | undefined };
  readonly response: TapeResponse;
}

/** The header of a live recording, made when the response's headers have arrived. */
export function tapeHeader({ clock, tool, protocol, request, response }: HeaderParts): TapeHeader {
  const body = request.body && encodeBody(request.body);
  return {
    ssert: 1,
    recordedAt: clock.date().toISOString(),
    tool,
    provenance: "recorded",
    boundaries: boundariesOf(response),
    ...(protocol !== undefined && { protocol }),
    request: {
      method: request.method,
      url: request.url,
      headers: request.headers,
      ...(body !== undefined && { body }),
    },
    response,
  };
}

/** Chunks of an encoded body are those of its decoder, which may merge what the server wrote. */
function boundariesOf(response: TapeResponse): Boundaries {
  return isEncoded(response.headers["content-encoding"]) ? "best-effort" : "exact";
}
