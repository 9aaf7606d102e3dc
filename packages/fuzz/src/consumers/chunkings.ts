import type { Dice } from "../case/dice.ts";

/** A stream, cut. */
export interface Chunking {
  readonly name: string;
  readonly chunks: readonly Uint8Array[];
}

/** Larger streams are not cut after every byte: a consumer would be busy with calls, not with bytes. */
const BYTEWISE_UP_TO = 4096;

/**
 * The ways of cutting in which consumers fail: at once, after every byte (and so inside characters, line ends and field names),
 * where blocks end, and anywhere.
 */
export function chunkingsOf(bytes: Uint8Array, dice: Dice): readonly [whole: Chunking, ...others: Chunking[]] {
  const step = bytes.length <= BYTEWISE_UP_TO ? 1 : Math.ceil(bytes.length / BYTEWISE_UP_TO);
  return [
    { name: "in one chunk", chunks: [bytes] },
    { name: step === 1 ? "cut after every byte" : `cut after every ${step} bytes`, chunks: cut(bytes, () => step) },
    { name: "cut where blocks end", chunks: cutAfterBlocks(bytes) },
    { name: "cut anywhere", chunks: cut(bytes, () => dice.between(1, 64)) },
  ];
}

function cut(bytes: Uint8Array, length: () => number): readonly Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = Math.min(bytes.length, at + length());
    chunks.push(bytes.subarray(at, end));
    at = end;
  }
  return chunks;
}

const LF = 0x0a;

function cutAfterBlocks(bytes: Uint8Array): readonly Uint8Array[] {
  const chunks: Uint8Array[] = [];
  let start = 0;
  for (let at = 1; at <= bytes.length; at += 1) {
    const ends = at === bytes.length || (bytes[at - 1] === LF && bytes[at - 2] === LF);
    if (!ends) continue;
    chunks.push(bytes.subarray(start, at));
    start = at;
  }
  return chunks;
}
