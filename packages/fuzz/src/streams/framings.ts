import fc from "fast-check";
import { afterBlocks, anywhere, emptyChunks, everyByte, insideCharacters, insideCrLf, whole } from "../grammar/cuts.ts";
import { encodeSample, type Framing, type SampleStream } from "./sample.ts";
import { seededDice } from "./seeded-dice.ts";

/** Where chunks may end: nowhere, anywhere, and where readers have been wrong. */
const POLICIES = [whole, everyByte, anywhere, insideCrLf, insideCharacters, afterBlocks, emptyChunks];

const COMMENTS = ["", "keep-alive", "data: x", "é😀", "a\nb"];

/** Ways of writing a stream that change nothing of what it says: line ends, a byte order mark, comments between events. */
export function framings(): fc.Arbitrary<Framing> {
  const comments = fc.array(fc.tuple(fc.nat(20), fc.constantFrom(...COMMENTS)), { maxLength: 3 });
  return fc.record({
    lineEnd: fc.constantFrom("\n" as const, "\r\n" as const, "\r" as const),
    bom: fc.boolean(),
    comments: comments.map((entries) => new Map(entries)),
  });
}

/**
 * The bytes of a stream, written in one of those ways and cut into chunks in every way: each byte alone, between CR and LF,
 * inside characters, empty chunks. Shrinks to LF, no comments, fewer cuts.
 */
export function framedChunks({ events }: SampleStream): fc.Arbitrary<readonly Uint8Array[]> {
  const policy = fc.constantFrom(...POLICIES);
  return fc.tuple(framings(), policy, fc.nat()).map(([framing, cuts, seed]) => {
    const bytes = encodeSample(events, framing);
    // One character a byte, as the policies read it.
    const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
    return cutAt(bytes, cuts.draw(seededDice(seed), text));
  });
}

function cutAt(bytes: Uint8Array, cuts: readonly number[]): readonly Uint8Array[] {
  return [...cuts, bytes.length].map((end, index) => bytes.slice(cuts[index - 1] ?? 0, end));
}
