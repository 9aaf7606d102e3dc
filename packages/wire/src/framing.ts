import type { Location } from "./event.ts";

/**
 * What a framing note can be about; a protocol decides which of them is a finding, under the rule id `sse/KIND`. In
 * parentheses: where the note's location is, if not where the line begins, and its detail.
 *
 * - `invalid-utf8`: ill-formed bytes, which a decoder replaces by U+FFFD (the first of them; the run in hex)
 * - `unterminated`: the input ends in a block; one that holds comments only does not count (its first other line, and
 *   whether a UTF-8 sequence is cut)
 * - `multiple-data`: more than one `data` line (the second; how many)
 * - `data-before-event`: a `data` line before the block's first `event` line
 * - `no-data`: an `event` line in a block without data, which is never dispatched (the type). A block with only an `id` or a
 *   `retry` has its effect without being dispatched, and is none.
 * - `id`, `retry`: such a field, valid or not (its value)
 * - `unknown-field`: a line that is neither a comment nor a field of the standard (its name)
 * - `line-separator`: U+2028, U+2029 or U+0085 in data, raw (the first of them; its code point)
 */
export type FramingKind =
  | "invalid-utf8"
  | "unterminated"
  | "multiple-data"
  | "data-before-event"
  | "no-data"
  | "id"
  | "retry"
  | "unknown-field"
  | "line-separator";

/**
 * Something about the framing of one block that the standard allows, mends or ignores in silence, and that a reader of the
 * stream may want to know. At most one of a kind per block; notes come before the event of their block.
 */
export interface FramingNote {
  readonly kind: FramingKind;
  /** The event that the block dispatched; undefined for a block that dispatched none. */
  readonly event: { readonly number: number; readonly type: string | undefined } | undefined;
  readonly location: Location;
  /** The offending piece, for messages: a field's name, a value, a code point; short. */
  readonly detail: string;
}
