/**
 * The length of the UTF-8 sequence at `bytes[at]`. Negative for an ill-formed one: the length of the piece that a decoder
 * replaces by one U+FFFD (the WHATWG Encoding standard's "UTF-8 decoder": the longest start of a well-formed sequence, or
 * one byte). Sequences do not reach beyond `end`.
 */
export function sequenceAt(bytes: Uint8Array, at: number, end: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  const needed = sequenceLength(lead);
  if (needed === 0) return -1;
  for (let length = 1; length < needed; length += 1) {
    const byte = at + length < end ? (bytes[at + length] ?? 0) : 0;
    const low = length > 1 ? 0x80 : lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
    const high = length > 1 ? 0xbf : lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
    if (byte < low || byte > high) return -length;
  }
  return needed;
}

/** How long a sequence with this first byte is when it is whole; 0 for a byte beyond ASCII that begins none. */
function sequenceLength(lead: number): number {
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}

/** Whether the ill-formed piece `bytes[at, end)` would be well-formed if the input had gone on. */
export function isCut(bytes: Uint8Array, at: number, end: number): boolean {
  const length = sequenceAt(bytes, at, end);
  return length < 0 && at - length === end && sequenceLength(bytes[at] ?? 0) > 0;
}

/** Whether the bytes end inside a sequence that is well-formed so far. */
export function endsCut(bytes: Uint8Array): boolean {
  for (let at = Math.max(0, bytes.length - 3); at < bytes.length; at += 1) {
    if (isCut(bytes, at, bytes.length)) return true;
  }
  return false;
}

/** How many bytes of UTF-8 the well-formed `text.slice(from, to)` takes. */
export function utf8Length(text: string, from: number, to: number): number {
  let length = to - from;
  for (let at = from; at < to; at += 1) {
    const unit = text.charCodeAt(at);
    // Each half of a surrogate pair stands for two of the four bytes.
    if (unit > 0x7f) length += unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 1 : 2;
  }
  return length;
}
