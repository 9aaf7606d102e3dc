/**
 * A place in a stream.
 *
 * `offset` counts bytes from 0, a byte order mark included. `line` counts from 1; LF, CR and CRLF each end a line.
 * `column` counts UTF-16 code units from 1, as editors do; a byte order mark takes no column.
 */
export interface Location {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

/** One line of a block: `name: value`, a field without a colon (empty value), or a comment (empty name). */
export interface Field {
  readonly name: string;
  readonly value: string;
  /** Where the field's name begins. */
  readonly location: Location;
  /** Where its value begins, after the colon and one space. */
  readonly valueLocation: Location;
}

/**
 * One dispatched event, as the HTML standard's "9.2.6 Interpreting an event stream" dispatches it.
 *
 * Places are computed when asked for, from the text that the event was decoded with: an event that is kept keeps up to a
 * chunk of its neighbours alive, so keep what `location` returns instead.
 */
export interface WireEvent {
  /** Dispatched events count from 1. */
  readonly number: number;
  /** The block's event type, or undefined where it has none and the standard says `message`. */
  readonly type: string | undefined;
  /** The `data` values of the block, joined by LF. */
  readonly data: string;
  /** The value of the block's own `id` field, if it has a valid one. */
  readonly id: string | undefined;
  /** Where the first `data` value begins. */
  location(): Location;
  /** Every line of the block, comments included, in order. */
  fields(): readonly Field[];
}
