import { isEventStream, type TapeResponse } from "@ssert/tape";

/**
 * Why the body of a response is not judged as an event stream; undefined if it is.
 *
 * Judged is what says that it is one (`text/event-stream`, whatever the status: a 500 with an event stream is a finding), and
 * a 200 that should have said so: without a content type, or as `text/plain`, where a protocol was chosen. Everything else
 * is a tape of something else: the JSON of `POST /v1/sessions`, a 409, an HTML error page.
 */
export function whyNotJudged(response: TapeResponse, protocolChosen: boolean): string | undefined {
  if (isEventStream(response)) return undefined;
  const mediaType = (response.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  const forgotten = mediaType === "" || mediaType === "text/plain";
  if (protocolChosen && forgotten && response.status === 200) return undefined;
  return `the response is ${mediaType === "" ? "without a content type" : mediaType}, status ${response.status}`;
}
