import type { Recording } from "@ssert/record";
import type { TapeEnd } from "@ssert/tape";
import { visible } from "./visible.ts";

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

/** `1 byte`, `2,048 bytes` */
export function counted(number: number, noun: string): string {
  return `${grouped(number)} ${noun}${number === 1 ? "" : "s"}`;
}

/** `2,048` */
export function grouped(number: number): string {
  // Not toLocaleString: the tables that it loads take 10 ms.
  return String(number).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** Microseconds as `3.104 s`. */
export function seconds(us: number): string {
  return `${(us / 1e6).toFixed(3)} s`;
}

/** One line of NDJSON. DEL and C1 are escaped too, so that a line is safe on a terminal. */
export function jsonLine(value: unknown): string {
  return `${JSON.stringify(value).replace(/[\u007f-\u009f\u2028\u2029]/g, escapeUnit)}\n`;
}

const escapeUnit = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
