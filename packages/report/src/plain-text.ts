import type { Finding, Related } from "./finding.ts";
import { sourceName } from "./pretty/finding.ts";
import { printable } from "./pretty/printable.ts";

// Findings as lines of plain text, for formats of which a person reads parts. Whatever a stream holds stays within its line.

/** `FILE:LINE:COLUMN, event N TYPE, PATH`: as much of it as is known. */
export function placeText(source: string, { location, event, path }: Partial<Finding>): string {
  const parts = [location ? `${sourceName(source)}:${location.line}:${location.column}` : sourceName(source)];
  return [...parts, ...eventText({ event, path })].join(", ");
}

/** Which event, and where in its data: what a line and a column do not say. */
export function eventText({ event, path }: { event?: Finding["event"]; path?: string | undefined }): string[] {
  const parts: string[] = [];
  if (event)
    parts.push(event.type === null ? `event ${event.number}` : `event ${event.number} ${printable(event.type)}`);
  if (path !== undefined && path !== "") parts.push(printable(path));
  return parts;
}

/** The other places of a finding, a line each. */
export function relatedText(source: string, related: readonly Related[] = []): string[] {
  return related.map((other) => `${printable(other.message)} (${placeText(source, other)})`);
}
