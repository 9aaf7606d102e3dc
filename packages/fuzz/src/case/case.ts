/**
 * One input of a parser: the bytes of a stream and where they are cut into chunks.
 *
 * `text` holds the bytes, one character (U+0000 to U+00FF) a byte, so that patterns can speak about ill-formed UTF-8 too.
 * `cuts` are byte offsets from 0 to the length, ascending; the same offset twice, or a cut at either end, is an empty chunk.
 */
export interface Case {
  readonly text: string;
  readonly cuts: readonly number[];
}

/** The byte string (one character a byte) of a text's UTF-8. */
export function utf8(text: string): string {
  let bytes = "";
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte);
  return bytes;
}

/** The bytes of a byte string. */
export function toBytes(text: string): Uint8Array {
  // A `Uint8Array` of its own, as `fetch` delivers it: no `Buffer`, whose `toString` hides a missing decoder.
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) bytes[index] = text.charCodeAt(index);
  return bytes;
}

/** The byte string of some bytes. */
function fromBytes(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}

/** The chunks of a case, each with memory of its own, as a network reader hands them on. */
export function toChunks({ text, cuts }: Case): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  let start = 0;
  for (const cut of cuts) {
    chunks.push(toBytes(text.slice(start, cut)));
    start = cut;
  }
  chunks.push(toBytes(text.slice(start)));
  return chunks;
}

/** The case that some chunks make up. */
export function fromChunks(chunks: readonly Uint8Array[]): Case {
  let length = 0;
  const ends = chunks.map((chunk) => {
    length += chunk.length;
    return length;
  });
  return { text: chunks.map(fromBytes).join(""), cuts: ends.slice(0, -1) };
}
