import type { TimelineEvent } from "../src/timeline.ts";

/** A run of bytes, by their indices in the block. */
interface Run {
  readonly from: number;
  readonly to: number;
}

export interface BlockBytes {
  /** Those that the page has. */
  readonly bytes: Uint8Array;
  /** What is no UTF-8. */
  readonly illFormed: readonly Run[];
}

/** A block's bytes: its text in UTF-8, but for what was none, of which the bytes themselves are known. */
export function bytesOf({ raw, illFormed = [] }: TimelineEvent): BlockBytes {
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  const runs: Run[] = [];
  let length = 0;
  let from = 0;
  const add = (part: Uint8Array): void => {
    parts.push(part);
    length += part.length;
  };
  for (const mark of illFormed) {
    add(encoder.encode(raw.slice(from, mark.at)));
    const start = length;
    add(fromHex(mark.hex));
    runs.push({ from: start, to: length });
    from = mark.at + mark.length;
  }
  add(encoder.encode(raw.slice(from)));
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return { bytes, illFormed: runs };
}

function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
