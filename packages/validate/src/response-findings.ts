import type { Finding } from "@ssert/report";
import type { TapeEnd } from "@ssert/tape";
import type { LiveStream } from "./source.ts";

const ENDS: Partial<Record<TapeEnd, Pick<Finding, "rule" | "message">>> = {
  cut: {
    rule: "http/cut",
    message: "The connection closed before the response was complete: its end was not the one that HTTP promised.",
  },
  reset: { rule: "http/cut", message: "The connection was reset before the response was complete." },
  malformed: {
    rule: "http/cut",
    message: "What came is not the HTTP, or not the compression, that the response's headers promised.",
  },
  timeout: {
    rule: "http/stopped",
    message: "The stream was still open when the time allowed was over: what came until then was judged.",
  },
};

/**
 * What the end of a live response says, beside what the stream itself lacks: `http/cut` where the server or the way to it
 * broke off, `http/stopped` where we did. Warnings: a stream that ends too early is an error of its own. (Of a tape the end is
 * no finding: whoever recorded it was told.)
 */
export function endFindings(end: TapeEnd): readonly Finding[] {
  const finding = ENDS[end];
  return finding === undefined ? [] : [{ ...finding, severity: "warning" }];
}

/** Enough for the message of an error page. */
const BODY_BYTES = 4096;
const LINE_LIMIT = 200;

/** What a response that is no event stream says: where it redirects to, else the first line of its body. */
export async function whatItSays({ location, chunks }: LiveStream): Promise<string> {
  if (location !== undefined) return `; it redirects to ${location}, which is not followed: name that if you trust it`;
  let text = "";
  const decoder = new TextDecoder();
  for await (const { bytes } of chunks) {
    text += decoder.decode(bytes, { stream: true });
    if (text.length >= BODY_BYTES || /\S[^\r\n]*[\r\n]/.test(text)) break;
  }
  const line = text.trim().split(/[\r\n]/, 1)[0] ?? "";
  if (line === "") return "; its body is empty";
  return `; its body begins: ${line.length > LINE_LIMIT ? `${line.slice(0, LINE_LIMIT)}…` : line}`;
}
