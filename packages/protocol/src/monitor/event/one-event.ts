import type { WireEvent } from "@ssert/wire";
import type { Frame } from "../frame.ts";
import * as messages from "../messages.ts";
import type { Details } from "../reporter.ts";
import type { Watch } from "../watch.ts";
import type { Typing } from "./typing.ts";

/*
 * What an event says by itself: rules `event/*`.
 */

/** No type can be read. True if that is an error: then the event may have been anything. */
export function reportUntyped(watch: Watch, event: WireEvent, typed: Typing): boolean {
  if (!typed.data.isJson) return reportNotJson(watch, event);
  return watch.report(watch.plan.rules.rule("event/no-type"), false, () => ({
    message: messages.noType(watch.plan.candidates.map(({ candidate }) => candidate)),
  }));
}

/** JSON, known type, event line. */
export function checkEnvelope(watch: Watch, event: WireEvent, typed: Typing, name: string): void {
  watch.fits = typed.data.isJson && typed.entry.known;
  if (!typed.data.isJson) reportNotJson(watch, event);
  if (!typed.entry.known) {
    watch.report(watch.plan.rules.rule("event/unknown-type"), false, () => ({ message: messages.unknownType(name) }));
  }
  if (watch.plan.name !== "any" && !watch.nameReported)
    checkName(watch, event.type, name, typed.entry.literal !== undefined);
}

function reportNotJson(watch: Watch, event: WireEvent): boolean {
  return watch.report(watch.plan.rules.rule("event/not-json"), false, () => ({
    message: messages.notJson(event.data),
  }));
}

/** Once a stream: a server that leaves the line out leaves it out everywhere. */
function checkName(watch: Watch, line: string | undefined, name: string, literal: boolean): void {
  // A sentinel is known by its text: it has no type in its data that a line could repeat.
  const wanted = watch.plan.name === "required" && literal ? "same" : watch.plan.name;
  const right = wanted === "none" ? line === undefined : line === name || (line === undefined && wanted === "same");
  if (right) return;
  watch.nameReported = true;
  watch.reporter.reportAside(watch.plan.rules.rule("event/name"), watch.place(), () => ({
    message: messages.eventName(line, name, wanted),
  }));
}

/** The data against its schemas. `text` is the whole data of an event; undefined for a part. */
export function checkPayload(watch: Watch, frame: Frame, text: string | undefined): void {
  const { literal } = frame.entry;
  if (literal !== undefined && text !== undefined && text !== literal) {
    watch.fits = false;
    reportPayload(watch, () => ({ message: messages.notLiteral(frame.label, literal) }));
  }
  // Of data that is not JSON that much has been said.
  if (frame.data === undefined) return;
  for (const check of frame.plan.checks) {
    const problems = check(frame.data);
    const [first] = problems;
    if (first === undefined) continue;
    watch.fits = false;
    const error = reportPayload(watch, () => ({
      message: messages.payload(frame.label, problems),
      path: frame.path(first.path),
    }));
    if (error) for (const { path } of problems) watch.wrong.add(frame.path(path));
  }
}

function reportPayload(watch: Watch, describe: () => Details): boolean {
  return watch.report(watch.plan.rules.rule("event/payload"), false, describe);
}
