import type { ProtocolFile } from "../definition/protocol-file.ts";

/** A pattern as messages have it. A literal is known by its text, `[DONE]`: nobody ever sends its name. */
export function shownPattern(file: ProtocolFile, pattern: string): string {
  const event = Object.hasOwn(file.events, pattern) ? file.events[pattern] : undefined;
  return event?.literal ?? pattern;
}
