/** A piece of a block that is no UTF-8 and stands as U+FFFD in its text. */
export interface IllFormed {
  /** Index of its first U+FFFD in the text, in UTF-16 units. */
  readonly at: number;
  /** How many U+FFFD stand for it. */
  readonly length: number;
  /** Its bytes, lower case. */
  readonly hex: string;
}

/** One dispatched event with the block that it came from. */
export interface TimelineEvent {
  readonly number: number;
  /** The protocol's name for it; null where it has none that can be read. */
  readonly type: string | null;
  /** What refines the type, where the protocol has that. */
  readonly subtype?: string;
  readonly lane: string;
  /** Microseconds from the response's headers to the chunk that completed it; absent where the tape does not know. */
  readonly atUs?: number;
  /** Of its block, from the first line to the end of the last (the blank line is not counted), in bytes. */
  readonly offset: number;
  readonly length: number;
  /** The block's first line, counted from 1. */
  readonly line: number;
  /** The block as text, as it is: whoever shows it makes it safe to show. Its beginning only, where `cut` is given. */
  readonly raw: string;
  /** How many bytes of the block are left out at the end of `raw`. */
  readonly cut?: number;
  readonly illFormed?: readonly IllFormed[];
}

/** What the recorder read at one go. */
export interface TimelineChunk {
  /** Microseconds from the response's headers; absent where the tape does not know. */
  readonly atUs?: number;
  readonly offset: number;
  readonly bytes: number;
  /** How many events were complete when it had come. */
  readonly events: number;
}

/** What one stream held and when it came: what the pictures of a stream are drawn from. */
export interface Timeline {
  /** As in the stream's report. */
  readonly source: string;
  /** Those that have events, in the order in which they are drawn. */
  readonly lanes: readonly string[];
  /** Some are left out in a stream with more than the cap: those around the findings are not. */
  readonly events: readonly TimelineEvent[];
  /** Its beginning, where there are more than the cap. Without a tape they say nothing, and there are none. */
  readonly chunks: readonly TimelineChunk[];
  /** All there was, shown or not, as far as it could be read. */
  readonly total: { readonly events: number; readonly chunks: number; readonly bytes: number };
  /** When the connection was closed, in microseconds from the response's headers, where the tape knows. */
  readonly closedUs?: number;
  /** Why reading ended before the end of the stream. */
  readonly stopped?: string;
}
