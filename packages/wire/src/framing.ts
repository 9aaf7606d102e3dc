import type { Location } from "./event.ts";

/** What a framing note can be about; a protocol decides which of them is a finding, under the rule id `sse/KIND`. */
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
