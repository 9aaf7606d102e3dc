import type { Finding, Location, Related } from "@ssert/report";
import type { WireEvent } from "@ssert/wire";

/*
 * Events from parsers that say nothing of places: what they lack is put in, and taken out of the findings again.
 */

/** An event as parsers give it: `eventsource-parser`, `fetch-event-source` and their like. */
export interface ParsedEvent {
  /** The text of the `event:` line; absent, undefined or empty where there is none. */
  readonly event?: string | undefined;
  readonly data: string;
  readonly id?: string | null | undefined;
}

/** A browser's `MessageEvent`: what an `EventSource` gives to its listeners. Its type is `message` where there is no line. */
export interface BrowserEvent {
  readonly type: string;
  readonly data: string;
  readonly lastEventId: string;
}

/** Whatever an SSE parser calls an event. Those of `@ssert/wire` have places; of others findings tell the number. */
export type IncomingEvent = WireEvent | ParsedEvent | BrowserEvent;

/** Lines count from 1. */
const NOWHERE: Location = { offset: 0, line: 0, column: 0 };

export function placeOrNowhere(at: Location | undefined): Location {
  return at ?? NOWHERE;
}

/** The event as the monitor wants it. `number` counts from 1; `isType` says which names are types of the protocol. */
export function toWireEvent(event: IncomingEvent, number: number, isType: (name: string) => boolean): WireEvent {
  if ("location" in event) return event;
  return new PlacelessEvent(event, number, lineOf(event, isType));
}

function lineOf(event: ParsedEvent | BrowserEvent, isType: (name: string) => boolean): string | undefined {
  if (!("lastEventId" in event)) return event.event === "" ? undefined : event.event;
  return event.type === "message" && !isType("message") ? undefined : event.type;
}

class PlacelessEvent implements WireEvent {
  readonly number: number;
  readonly type: string | undefined;
  readonly data: string;
  readonly id: string | undefined;

  constructor(event: ParsedEvent | BrowserEvent, number: number, type: string | undefined) {
    this.number = number;
    this.type = type;
    this.data = event.data;
    // A browser repeats the last id on events that have none.
    this.id = "lastEventId" in event ? undefined : (event.id ?? undefined);
  }

  location(): Location {
    return NOWHERE;
  }

  fields(): readonly [] {
    return [];
  }
}

/** A finding without the places that are none. */
export function withoutNowhere({ location, related, ...finding }: Finding): Finding {
  return {
    ...finding,
    ...(location === undefined || isNowhere(location) ? {} : { location }),
    ...(related === undefined ? {} : { related: related.map(relatedWithoutNowhere) }),
  };
}

function relatedWithoutNowhere({ location, ...related }: Related): Related {
  return location === undefined || isNowhere(location) ? related : { ...related, location };
}

function isNowhere({ line }: Location): boolean {
  return line === NOWHERE.line;
}
