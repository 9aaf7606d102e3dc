import type { ShownEvent } from "../adapters/adapter.ts";

/** An event as a program prints it: one line of JSON with `data` and, where it has them, `event`, `id` and `retry`. */
export function readEvent(line: string): ShownEvent {
  let event: unknown;
  try {
    event = JSON.parse(line);
  } catch {
    throw new Error(`the program printed what is no JSON: ${line.slice(0, 200)}`);
  }
  if (typeof event !== "object" || event === null || !("data" in event) || typeof event.data !== "string") {
    throw new Error(`the program printed an event without data: ${line.slice(0, 200)}`);
  }
  const type = "event" in event && typeof event.event === "string" ? event.event : undefined;
  const id = "id" in event && typeof event.id === "string" ? event.id : undefined;
  const retry = "retry" in event && typeof event.retry === "number" ? event.retry : undefined;
  return { data: event.data, type, id, retry };
}
