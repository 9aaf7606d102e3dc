import type { IllFormed } from "@ssert/report";

interface BlockText {
  readonly raw: string;
  readonly illFormed?: readonly IllFormed[];
}

const REPLACEMENT = "\uFFFD";
/** What U+FFFD itself looks like in a stream that has one. */
const REAL = [0xef, 0xbf, 0xbd] as const;

/**
 * Bytes of a block as text, with what is ill-formed in it. `cut`: the end of `bytes` may be inside a character, which is
 * then left out.
 */
export function blockText(bytes: Uint8Array, cut: boolean): BlockText {
  const raw = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes, { stream: cut });
  if (!raw.includes(REPLACEMENT)) return { raw };
  const illFormed = illFormedIn(raw, bytes);
  return illFormed.length === 0 ? { raw } : { raw, illFormed };
}

/** Walks over text and bytes side by side; neighbours are one. */
function illFormedIn(raw: string, bytes: Uint8Array): readonly IllFormed[] {
  const found: { at: number; length: number; hex: string }[] = [];
  let offset = 0;
  let at = 0;
  for (const character of raw) {
    const isReal = REAL.every((byte, index) => bytes[offset + index] === byte);
    if (character !== REPLACEMENT || isReal) offset += utf8Length(character);
    else {
      const length = maximalSubpart(bytes, offset);
      const hex = [...bytes.subarray(offset, offset + length)].map((byte) => byte.toString(16).padStart(2, "0"));
      const last = found.at(-1);
      if (last !== undefined && last.at + last.length === at) {
        last.length += 1;
        last.hex += hex.join("");
      } else found.push({ at, length: 1, hex: hex.join("") });
      offset += length;
    }
    at += character.length;
  }
  return found;
}

function utf8Length(character: string): number {
  const point = character.codePointAt(0) ?? 0;
  if (point < 0x80) return 1;
  if (point < 0x800) return 2;
  return point < 0x10000 ? 3 : 4;
}

/** How many bytes one U+FFFD stands for: the maximal subpart of an ill-formed sequence (Encoding Standard, UTF-8 decoder). */
function maximalSubpart(bytes: Uint8Array, offset: number): number {
  const lead = bytes[offset] ?? 0;
  const needed =
    lead >= 0xf0 && lead <= 0xf4 ? 3 : lead >= 0xe0 && lead < 0xf0 ? 2 : lead >= 0xc2 && lead < 0xe0 ? 1 : 0;
  const second = SECOND[lead] ?? [0x80, 0xbf];
  let length = 1;
  while (length <= needed) {
    const [low, high] = length === 1 ? second : [0x80, 0xbf];
    const byte = bytes[offset + length];
    if (byte === undefined || byte < low || byte > high) break;
    length++;
  }
  return length;
}

/** Where not every continuation byte may follow. */
const SECOND: Readonly<Record<number, readonly [low: number, high: number]>> = {
  224: [0xa0, 0xbf],
  237: [0x80, 0x9f],
  240: [0x90, 0xbf],
  244: [0x80, 0x8f],
};
