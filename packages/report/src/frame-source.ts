import type { Location } from "./finding.ts";

/** One line of a stream, or the part of it around a place, as it is: whoever shows it makes it safe to show. */
export interface FrameLine {
  /** Counted from 1. */
  readonly number: number;
  /** Without its line end. */
  readonly text: string;
  /** The column of the first UTF-16 unit of `text`; absent: 1. Greater than 1 where the beginning of a long line is left out. */
  readonly column?: number;
  /** Whether the line goes on after `text`. */
  readonly more?: boolean;
}

/** Where a renderer gets the lines of its code frames from. */
export interface FrameSource {
  /** The line of the place and, before it, the line before; undefined where they cannot be had. Never throws. */
  lines(source: string, location: Location): readonly FrameLine[] | undefined;
}
