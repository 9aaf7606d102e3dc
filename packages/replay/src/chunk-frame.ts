import type { Step } from "./steps.ts";

const LINE_END = Buffer.from("\r\n");

/** The bytes as one chunk of chunked transfer coding (RFC 9112, 7.1): length in hex, CRLF, bytes, CRLF. */
export function frameChunk(bytes: Uint8Array): Buffer {
  const size = `${bytes.length.toString(16)}\r\n`;
  const framed = Buffer.allocUnsafe(size.length + bytes.length + LINE_END.length);
  framed.write(size, "latin1");
  framed.set(bytes, size.length);
  framed.set(LINE_END, framed.length - LINE_END.length);
  return framed;
}

/** The step with its frame, for steps that are kept. The bytes become a view of the frame, so that they are in memory once. */
export function frameStep(step: Step): Step {
  if ("end" in step) return step;
  const framed = frameChunk(step.bytes);
  const end = framed.length - LINE_END.length;
  return { atUs: step.atUs, bytes: framed.subarray(end - step.bytes.length, end), framed };
}
