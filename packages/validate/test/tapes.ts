import { createHash } from "node:crypto";
import { join } from "node:path";
import type { TapeHeader, TapeResponse } from "@ssert/tape";
import { put } from "./folder.ts";

/** A stream that Pokee's rules find nothing wrong with. */
export const VALID = `event: message.created
data: {"id":"r1","session_id":"s1","status":"in_progress"}

event: text.start
data: {}

event: text.delta
data: {"content":"Grüße, 世界"}

event: text.stop
data: {}

event: message.completed
data: {"id":"r1","status":"completed","usage":{}}

`;

/** The same, broken off before its end. */
export const TRUNCATED: string = VALID.slice(0, VALID.indexOf("event: message.completed"));

const EVENT_STREAM: TapeResponse = { status: 200, headers: { "content-type": "text/event-stream" } };

interface TapeFacts {
  readonly header?: Partial<TapeHeader>;
  readonly response?: TapeResponse;
  /** Chunk lines; default: everything after 1 ms. */
  readonly chunks?: readonly (readonly [number, number])[];
  readonly trailer?: object;
}

/** Writes NAME.sse and, as a recorder would, NAME.sse.tape; `facts` are what the tape says otherwise. */
export async function putTape(
  folder: string,
  name: string,
  body: string | Buffer,
  facts: TapeFacts = {},
): Promise<string> {
  const bytes = Buffer.from(body);
  const header: TapeHeader = {
    ssert: 1,
    recordedAt: "2026-01-01T00:00:00.000Z",
    tool: "ssert 0.0.0",
    provenance: "recorded",
    boundaries: "exact",
    response: facts.response ?? EVENT_STREAM,
    ...facts.header,
  };
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const trailer = { end: "eof", bytes: bytes.length, sha256, elapsedUs: 2000, redacted: 0, ...facts.trailer };
  const lines = [header, ...(facts.chunks ?? [[1000, bytes.length]]), trailer];
  await put(folder, `${name}.tape`, `${lines.map((line) => JSON.stringify(line)).join("\n")}\n`);
  await put(folder, name, bytes);
  return join(folder, name);
}
