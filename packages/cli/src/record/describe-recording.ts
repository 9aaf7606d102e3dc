import type { Recording } from "@ssert/record";
import type { TapeEnd } from "@ssert/tape";
import { counted, seconds } from "../phrases.ts";
import { visible } from "../visible.ts";

const ENDS: Readonly<Record<TapeEnd, string>> = {
  eof: "complete",
  cut: "cut: the connection closed before the response was complete",
  reset: "reset: the server reset the connection",
  timeout: "timeout: stopped after the time allowed",
  limit: "limit: stopped at the size allowed",
  client: "client: ended by the client before the stream was over",
  malformed: "malformed: what came is not the HTTP that the headers promised",
  interrupted: "interrupted: the recorder was stopped",
};

/** `poem.sse: 200 text/event-stream, 1,234 bytes in 12 chunks, 3.100 s, complete` */
export function describeRecording({ path, response, eventStream, bytes, chunks, elapsedUs, end }: Recording): string {
  const type = visible(response.headers["content-type"] ?? "no content type");
  const kind = eventStream ? type : `${type} (not an event stream)`;
  return `${path}: ${response.status} ${kind}, ${counted(bytes, "byte")} in ${counted(chunks, "chunk")}, ${seconds(elapsedUs)}, ${ENDS[end]}`;
}
