import type { WireEvent } from "@ssert/wire";

/** Where an event is drawn in a picture of its stream. */
export interface LanePlace {
  /** The protocol's name for the event; null where no type can be read. Without a protocol the standard's. */
  readonly type: string | null;
  /** The value that refines the type, where the protocol has one. */
  readonly subtype?: string;
  readonly lane: string;
}

/**
 * The lanes of one stream: text, thinking, tools, or whatever its protocol calls them. They follow from the protocol's scopes:
 * each kind of a scope is a lane, a scope without kinds is one, and what only concerns the stream as a whole is in the lane
 * `stream`. Without a protocol every type is a lane.
 */
export interface Lanes {
  /** Every lane that the protocol has, in its order, `stream` first; without a protocol those seen so far. */
  readonly names: readonly string[];
  /** Places the next event. In order: which kind an end belongs to is known from what was opened. Judges nothing. */
  laneOf(event: WireEvent): LanePlace;
}
