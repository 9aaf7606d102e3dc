import type { TapeHeader, TapeResponse } from "@ssert/tape";
import { tool } from "../version.ts";

const EVENT_STREAM: TapeResponse = { status: 200, headers: { "content-type": "text/event-stream" } };

/** The header of a tape that was made, not recorded. */
export function syntheticHeader(protocol: string, response: TapeResponse = EVENT_STREAM): TapeHeader {
  return {
    ssert: 1,
    recordedAt: new Date().toISOString(),
    tool,
    provenance: "synthetic",
    boundaries: "exact",
    protocol,
    response,
  };
}
