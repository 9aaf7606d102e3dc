/** Scalar values decoded from bytes, and how many bytes had been read when each of them became known. */
export interface Decoded {
  readonly scalarValues: readonly number[];
  readonly readWhenKnown: readonly number[];
}

const replacementCharacter = 0xfffd;
const endOfQueue = -1;

/**
 * "UTF-8 decode" of the Encoding standard: one leading byte order mark is taken away, the rest goes through UTF-8's
 * decoder in error mode "replacement". Written out, and over the whole input at once: Node's streaming `TextDecoder` loses
 * a second byte order mark when the first is cut by a chunk.
 */
export function utf8Decode(bytes: Uint8Array): Decoded {
  // 1. Let buffer be the result of peeking three bytes from ioQueue. 2. If buffer is 0xEF 0xBB 0xBF, then read three bytes
  // from ioQueue. (Do nothing with those bytes.)
  const afterMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  // 3. Process a queue with an instance of UTF-8's decoder, ioQueue, output, and "replacement".
  return processQueue(bytes, afterMark);
}

/** UTF-8's decoder's handler, its five variables and its numbered steps, over the bytes from `position`. */
function processQueue(bytes: Uint8Array, position: number): Decoded {
  const scalarValues: number[] = [];
  const readWhenKnown: number[] = [];
  let read = position;
  let codePoint = 0;
  let bytesSeen = 0;
  let bytesNeeded = 0;
  let lowerBoundary = 0x80;
  let upperBoundary = 0xbf;

  const output = (value: number): void => {
    scalarValues.push(value);
    readWhenKnown.push(read);
  };

  for (;;) {
    const byte = bytes[read] ?? endOfQueue;
    read += 1;
    // 1. If byte is end-of-queue and UTF-8 bytes needed is not 0, then set UTF-8 bytes needed to 0 and return error.
    if (byte === endOfQueue && bytesNeeded !== 0) {
      bytesNeeded = 0;
      read -= 1;
      output(replacementCharacter);
      continue;
    }
    // 2. If byte is end-of-queue, then return finished.
    if (byte === endOfQueue) return { scalarValues, readWhenKnown };
    // 3. If UTF-8 bytes needed is 0, then, based on byte:
    if (bytesNeeded === 0) {
      if (byte <= 0x7f) {
        output(byte);
      } else if (byte >= 0xc2 && byte <= 0xdf) {
        bytesNeeded = 1;
        codePoint = byte & 0x1f;
      } else if (byte >= 0xe0 && byte <= 0xef) {
        if (byte === 0xe0) lowerBoundary = 0xa0;
        if (byte === 0xed) upperBoundary = 0x9f;
        bytesNeeded = 2;
        codePoint = byte & 0xf;
      } else if (byte >= 0xf0 && byte <= 0xf4) {
        if (byte === 0xf0) lowerBoundary = 0x90;
        if (byte === 0xf4) upperBoundary = 0x8f;
        bytesNeeded = 3;
        codePoint = byte & 0x7;
      } else {
        output(replacementCharacter);
      }
      continue;
    }
    // 4. If byte is not in the range UTF-8 lower boundary to UTF-8 upper boundary, inclusive, then: set the variables to
    // their initial values, restore byte to ioQueue, and return error.
    if (byte < lowerBoundary || byte > upperBoundary) {
      codePoint = bytesNeeded = bytesSeen = 0;
      lowerBoundary = 0x80;
      upperBoundary = 0xbf;
      output(replacementCharacter);
      read -= 1;
      continue;
    }
    // 5. Set UTF-8 lower boundary to 0x80 and UTF-8 upper boundary to 0xBF.
    lowerBoundary = 0x80;
    upperBoundary = 0xbf;
    // 6. Set UTF-8 code point to (UTF-8 code point << 6) | (byte & 0x3F).
    codePoint = (codePoint << 6) | (byte & 0x3f);
    // 7. Increase UTF-8 bytes seen by one. 8. If UTF-8 bytes seen is not equal to UTF-8 bytes needed, then return continue.
    bytesSeen += 1;
    if (bytesSeen !== bytesNeeded) continue;
    // 9. Let codePoint be UTF-8 code point. 10. Set the variables to 0. 11. Return a code point whose value is codePoint.
    output(codePoint);
    codePoint = bytesNeeded = bytesSeen = 0;
  }
}
