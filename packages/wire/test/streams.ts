import fc from "fast-check";
import { bytesOf } from "./listen.ts";

const LINE_END = fc.constantFrom("\n", "\r\n", "\r");
const VALUE = fc.constantFrom(
  "",
  "a",
  " ",
  "  x",
  "é",
  "𝄞",
  "\uFEFF",
  "\0",
  "1000",
  "\u2028",
  "data: a",
  "event: b",
  "\uFFFD",
  ":",
);
const NAME = fc.constantFrom(
  "data",
  "event",
  "id",
  "retry",
  "",
  "dat",
  "datas",
  "Event",
  "foo",
  "\uFEFFdata",
  "ï»¿data",
  "e",
);
const LINE = fc.tuple(NAME, fc.constantFrom("", ":", ": "), VALUE).map((parts) => parts.join(""));

/** What a stream is made of when someone means to break its reader: ends, halves and almost-right lines. */
const PIECE: fc.Arbitrary<Uint8Array> = fc.oneof(
  { weight: 4, arbitrary: LINE_END.map(bytesOf) },
  { weight: 4, arbitrary: fc.tuple(LINE, LINE_END).map((parts) => bytesOf(parts.join(""))) },
  { weight: 2, arbitrary: LINE_END.map((end) => bytesOf(`event: a${end}data: {}${end}${end}`)) },
  { weight: 1, arbitrary: VALUE.map(bytesOf) },
  { weight: 1, arbitrary: NAME.map(bytesOf) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(
        [0xff],
        [0xe2, 0x82],
        [0xf0, 0x9f],
        [0x80],
        [0xed, 0xa0, 0x80],
        [0xef, 0xbb],
        [0xef, 0xbb, 0xbf],
        [0xc0, 0xaf],
      )
      .map((bytes) => Uint8Array.from(bytes)),
  },
);

export const STREAM: fc.Arbitrary<Uint8Array> = fc
  .array(PIECE, { maxLength: 14 })
  .map((pieces) => Uint8Array.from(pieces.flatMap((piece) => [...piece])));

/** Text that is nearly in the common form, so that a wrong idea of what that form proves would show. */
export const NEARLY_PLAIN: fc.Arbitrary<Uint8Array> = fc
  .array(
    fc.constantFrom(
      "event: ",
      "data: ",
      "\n",
      "\n\n",
      "\r\n",
      "\r\n\r\n",
      "a",
      "event:",
      "data:",
      "data\n",
      ":\n",
      "e\n",
      "id\n",
    ),
    {
      maxLength: 16,
    },
  )
  .map((pieces) => bytesOf(pieces.join("")));

/** Sizes to cut a stream at, over and over; empty chunks among them. */
export const CUTS: fc.Arbitrary<number[]> = fc.array(fc.nat({ max: 7 }), { minLength: 1, maxLength: 6 });

export function cut(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    // Only empty chunks would never come to the end.
    const length = turn % 7 === 6 ? Math.max(size, 1) : size;
    chunks.push(bytes.slice(at, at + length));
    at += length;
  }
  return chunks;
}
