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
    // One comparison passes nearly every byte.
    if ((byte ?? 0) <= CR && endsBlock(byte, bytes[at - 1])) return at + 1;
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
