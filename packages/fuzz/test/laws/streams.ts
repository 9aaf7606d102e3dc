import type { Protocol } from "@ssert/protocol";
import fc from "fast-check";
import { encodeSample, type SampleEvent, validStreams } from "../../src/index.ts";
import { breakStream } from "../../src/mutants/break-stream.ts";
import { seededDice } from "../../src/streams/seeded-dice.ts";

/** Events of streams of all conditions: valid, with one fault that breaks one rule, and with whatever edits have made of them. */
export function anyEvents(protocol: Protocol): fc.Arbitrary<readonly SampleEvent[]> {
  return fc.oneof(
    validStreams(protocol, { size: 12 }).map(({ events }) => events),
    brokenEvents(protocol),
    wreckedEvents(protocol),
  );
}

function brokenEvents(protocol: Protocol): fc.Arbitrary<readonly SampleEvent[]> {
  const rules = protocol.rules.filter(({ severity }) => severity !== "off").map(({ id }) => id);
  return fc
    .tuple(validStreams(protocol, { size: 12 }), fc.constantFrom(...rules), fc.nat())
    .map(([stream, rule, seed]) => breakStream(protocol, stream, rule, seededDice(seed))?.events ?? stream.events);
}

type Edit = readonly [kind: "drop" | "repeat" | "swap" | "cut" | "rename", at: number];

const edit: fc.Arbitrary<Edit> = fc.tuple(
  fc.constantFrom("drop", "repeat", "swap", "cut", "rename"),
  fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
);

/** Up to four edits: faults upon faults, of which nobody knows what they are. */
function wreckedEvents(protocol: Protocol): fc.Arbitrary<readonly SampleEvent[]> {
  return fc
    .tuple(validStreams(protocol, { size: 15 }), fc.array(edit, { minLength: 1, maxLength: 4 }))
    .map(([{ events }, edits]) => edits.reduce(edited, events));
}

function edited(events: readonly SampleEvent[], [kind, share]: Edit): readonly SampleEvent[] {
  const at = Math.floor(share * events.length);
  const event = events[at];
  if (event === undefined) return events;
  if (kind === "drop") return events.toSpliced(at, 1);
  if (kind === "repeat") return events.toSpliced(at, 0, event);
  if (kind === "cut") return events.with(at, { ...event, data: event.data.slice(0, -1).toWellFormed() || "x" });
  if (kind === "rename") return events.with(at, { ...event, event: events[0]?.event });
  const other = events[at + 1];
  return other === undefined ? events : events.toSpliced(at, 2, other, event);
}

/** The same bytes in chunks of any size; empty ones among them. */
export function chunked(bytes: Uint8Array, shares: readonly number[]): readonly Uint8Array[] {
  const cuts = shares.map((share) => Math.floor(share * (bytes.length + 1))).sort((a, b) => a - b);
  return [0, ...cuts].map((start, index) => bytes.subarray(start, cuts[index] ?? bytes.length));
}

/** Where a stream may be cut, as shares of its length. */
export const shares: fc.Arbitrary<readonly number[]> = fc.array(
  fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  { maxLength: 12 },
);

/** How the same events may be written otherwise. */
export interface Dress {
  readonly lineEnd: "\n" | "\r\n" | "\r";
  readonly bom: boolean;
  /** Before which lines a comment stands, as shares of their number. */
  readonly comments: readonly number[];
}

export const dress: fc.Arbitrary<Dress> = fc.record({
  lineEnd: fc.constantFrom("\n", "\r\n", "\r"),
  bom: fc.boolean(),
  comments: shares,
});

/** The events as bytes in another dress; comments stand between events and inside them. */
export function dressed(events: readonly SampleEvent[], { lineEnd, bom, comments }: Dress): Uint8Array {
  const lines = new TextDecoder("utf-8", { ignoreBOM: true }).decode(encodeSample(events)).split("\n");
  for (const share of comments) lines.splice(Math.floor(share * lines.length), 0, ": keep-alive");
  return new TextEncoder().encode((bom ? "\uFEFF" : "") + lines.join(lineEnd));
}

/** Some streams of all conditions; the same every time. */
export function someStreams(protocol: Protocol, count: number): readonly Uint8Array[] {
  return fc.sample(anyEvents(protocol), { seed: 7, numRuns: count }).map((events) => encodeSample(events));
}
