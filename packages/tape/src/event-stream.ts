import type { TapeResponse } from "./format.ts";

/**
 * Whether the response says that its body is an event stream (HTML standard, 9.2.2): media type `text/event-stream`, in any
 * case and with any parameters. The status is not looked at.
 */
export function isEventStream(response: TapeResponse): boolean {
  const [essence = ""] = (response.headers["content-type"] ?? "").split(";");
  return essence.trim().toLowerCase() === "text/event-stream";
}
