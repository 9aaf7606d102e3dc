import type { Cases } from "../grammar/cases.ts";

/**
 * What an adapter must show for a property to be seen: data as text, not as parsed JSON; the type; an id of any kind; the last event ID; a block's
 * own id; an empty id apart from none; retry; when an event comes; a parser that can be left open; reuse after `reset`.
 */
export type Needs =
  | "text"
  | "type"
  | "id"
  | "last-id"
  | "own-id"
  | "empty-id"
  | "retry"
  | "moment"
  | "open"
  | "reset"
  | "resume";

/** Where a sentence stands: a section of the HTML standard, or the Encoding standard. */
export type Clause =
  | "HTML 9.2.3"
  | "HTML 9.2.4"
  | "HTML 9.2.5"
  | "HTML 9.2.6"
  | "Encoding 4"
  | "Encoding 8.1.1"
  | "Encoding 6";

interface PropertyFacts {
  /** `group/name`, stable: reports, options and declared deviations use it. */
  readonly name: string;
  /** What a right parser does, in one line. */
  readonly title: string;
  readonly clause: Clause;
  /** The sentence of the standard that the property rests on, word for word. */
  readonly sentence: string;
  readonly needs: readonly Needs[];
}

/** How a case is judged. */
type Judgement =
  /** All events that are shown, in order, against the oracle's. */
  | "events"
  /** The last event that is shown against the oracle's last. */
  | "last-event"
  /** After each chunk, every event that is due has been shown. */
  | "prompt"
  /** After each chunk, no event has been shown that is not due. */
  | "not-early"
  /** What a client asks for when it connects again, against the oracle's last event ID string. */
  | "resume"
  /** A second parser is not touched by a first one that was left in the middle of the case. */
  | "fresh"
  /** After `reset` in the middle of the case, the parser reads another stream as if it were new. */
  | "reset";

/** A property of streams: drawn cases, each judged by itself. */
export interface StreamProperty extends PropertyFacts {
  readonly judge: Judgement;
  readonly cases: Cases;
  /** The share of the runs that it is given, where one case is costly; 1 by default. */
  readonly share?: number;
}

/** A property of growth: how work or memory grows with the size of a stream, measured at several sizes. */
export interface GrowthProperty extends PropertyFacts {
  readonly judge: "work" | "memory";
  /** The chunks of a stream of about `bytes` bytes. */
  readonly chunks: (bytes: number) => Iterable<Uint8Array>;
}

export type Property = StreamProperty | GrowthProperty;
