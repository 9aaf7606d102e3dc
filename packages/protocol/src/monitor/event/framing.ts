import type { FramingKind, FramingNote } from "@ssert/wire";
import type { RuleInfo } from "../../rules.ts";
import type { Reporter } from "../reporter.ts";

/** A note about framing becomes a finding if its rule is on. It mutes nothing: what the event says is judged all the same. */
export function reportNote(reporter: Reporter, rule: RuleInfo, note: FramingNote): void {
  const { event, location } = note;
  const place = {
    event: event === undefined ? undefined : { number: event.number, type: event.type ?? null },
    location,
  };
  reporter.reportAside(rule, place, () => ({ message: WORDS[note.kind](note.detail) }));
}

const WORDS: Readonly<Record<FramingKind, (detail: string) => string>> = {
  "invalid-utf8": (detail) =>
    `The bytes are not UTF-8${inBrackets(detail)}: readers put U+FFFD in their place. Encode as UTF-8, and never cut a character when buffering.`,
  unterminated: (detail) =>
    `The last event has no blank line after it${inBrackets(detail)}, so no client dispatches it. End every event with a blank line.`,
  "multiple-data": (detail) =>
    `Several \`data:\` lines in one event${inBrackets(detail)}: clients that read line by line see only one. Send the JSON in one line.`,
  "data-before-event": (detail) =>
    `\`data:\` before \`event:\`${inBrackets(detail)}: clients that read line by line take the type of the event before. Send \`event:\` first.`,
  "no-data": (detail) =>
    `A block without \`data:\`${inBrackets(detail)} is never dispatched. Give it data, if only \`{}\`.`,
  id: (detail) =>
    `An \`id:\` field${inBrackets(detail)}: this protocol has none, and browsers send it back when they reconnect. Leave it out.`,
  retry: (detail) =>
    `A \`retry:\` field${inBrackets(detail)}: this protocol has none, and browsers change their reconnection time. Leave it out.`,
  "unknown-field": (detail) =>
    `A field that the standard does not name${inBrackets(detail)}: clients skip it. Check its spelling.`,
  "line-separator": (detail) =>
    `A raw line separator in the data${inBrackets(detail)}, at which some clients split lines. Escape it as \\uXXXX.`,
};

function inBrackets(detail: string): string {
  return detail === "" ? "" : ` (${detail})`;
}
