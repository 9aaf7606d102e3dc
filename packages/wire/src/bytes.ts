export const LF = 10;
export const CR = 13;

/*
 * A blank line ends a block. Whatever mixture of LF, CR and CRLF a stream uses, two neighbouring bytes tell: LF LF, LF CR
 * and CR CR each end a blank line, and CR LF never does by itself. (In CR LF CR LF it is the second CR; the LF after it
 * belongs to the same line end.) So the search needs no state, and may go backwards.
 */
function endsBlock(byte: number | undefined, before: number | undefined): boolean {
  return before === LF ? byte === LF || byte === CR : before === CR && byte === CR;
}

/** Where the last block that ends in `bytes[from, to)` ends (exclusive), or -1. `before` is the byte before `from`. */
export function lastBlockEnd(bytes: Uint8Array, from: number, to: number, before: number | undefined): number {
  for (let at = to - 1; at > from; at -= 1) {
    const byte = bytes[at];
    if ((byte === LF || byte === CR) && endsBlock(byte, bytes[at - 1])) return at + 1;
  }
  return from < to && endsBlock(bytes[from], before) ? from + 1 : -1;
}

/** Where the first block that ends in `bytes[from, to)` ends (exclusive), or -1. `before` is the byte before `from`. */
export function firstBlockEnd(bytes: Uint8Array, from: number, to: number, before: number | undefined): number {
  let last = before;
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at];
    if (endsBlock(byte, last)) return at + 1;
    last = byte;
  }
  return -1;
}

/** Below this many bytes a plain loop is faster than setting up a view of words. Measured: they meet near 200. */
const WORDS_PAY = 256;

/** How many LF `bytes[from, to)` holds, four bytes at a time. */
export function countLineFeeds(bytes: Uint8Array, from: number, to: number): number {
  if (to - from < WORDS_PAY) return countOneByOne(bytes, from, to);
  const aligned = from + ((4 - ((bytes.byteOffset + from) & 3)) & 3);
  const length = (to - aligned) >> 2;
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset + aligned, length);
  let count = countOneByOne(bytes, from, aligned) + countOneByOne(bytes, aligned + length * 4, to);
  for (let start = 0; start < length; start += 255) {
    // Four counters of a byte each: 255 words fill them at most to the brim.
    const end = Math.min(start + 255, length);
    let counters = 0;
    for (let at = start; at < end; at += 1) {
      const difference = (words[at] ?? 0) ^ 0x0a0a0a0a;
      // The high bit of each byte that is zero in `difference`, exactly: the sums cannot carry into the next byte.
      counters += ~(((difference & 0x7f7f7f7f) + 0x7f7f7f7f) | difference | 0x7f7f7f7f) >>> 7;
    }
    const pairs = (counters & 0x00ff00ff) + ((counters >>> 8) & 0x00ff00ff);
    count += (pairs & 0xffff) + (pairs >>> 16);
  }
  return count;
}

function countOneByOne(bytes: Uint8Array, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at += 1) if (bytes[at] === LF) count += 1;
  return count;
}
