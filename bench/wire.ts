/**
 * The decoder against bare eventsource-parser driven as its users drive it, and how its work grows.
 *
 *     node --conditions=@ssert/source bench/wire.ts
 */

import { createParser } from "eventsource-parser";
import { createDecoder } from "ssert/wire";
import type { BenchRow } from "./row.ts";

type Side = (chunks: readonly Uint8Array[]) => number;

/** With a handler for notes and no place asked for: what validating a stream without findings does. */
const ours: Side = (chunks) => {
  let seen = 0;
  const decoder = createDecoder({
    event: (event) => {
      seen += event.data.length;
    },
    note: () => {
      seen += 1;
    },
  });
  for (const chunk of chunks) decoder.push(chunk);
  decoder.end();
  return seen;
};

const theirs: Side = (chunks) => {
  let seen = 0;
  const parser = createParser({
    onEvent: (event) => {
      seen += event.data.length;
    },
  });
  const decoder = new TextDecoder();
  for (const chunk of chunks) parser.feed(decoder.decode(chunk, { stream: true }));
  return seen;
};

const ROUNDS = 15;

export async function benchWire(): Promise<BenchRow[]> {
  const deltas = pokeeDeltas(4 * 1024 * 1024, "plain");
  const rows: BenchRow[] = [
    compare("wire: small deltas, 16 KiB chunks", 0.6, 0.8, cut(deltas, 16 * 1024)),
    compare("wire: small deltas, 64 B chunks", 1.0, 1.2, cut(deltas, 64)),
    compare("wire: not only ASCII, 16 KiB chunks", 0.6, 0.8, cut(pokeeDeltas(4 * 1024 * 1024, "unicode"), 16 * 1024)),
    compare("wire: CRLF, 16 KiB chunks", 0.6, 0.8, cut(pokeeDeltas(4 * 1024 * 1024, "crlf"), 16 * 1024)),
    growth("wire: one line in 64 B chunks, 2 → 8 MiB", longLine, 2),
    growth("wire: tiny events in one chunk, 25,000 → 100,000", (n) => [bytesOf("data:\n\n".repeat(n * 12_500))], 2),
    growth(
      "wire: data lines of one event, 50,000 → 200,000",
      (n) => [bytesOf(`${"data: x\n".repeat(n * 25_000)}\n`)],
      2,
    ),
  ];
  return rows;
}

const MIB = 1024 * 1024;

function compare(what: string, gate: number, aim: number, chunks: readonly Uint8Array[]): BenchRow {
  const bytes = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  if (ours(chunks) !== theirs(chunks)) throw new Error(`${what}: the two sides read different data`);
  const times: { ours: number[]; theirs: number[] } = { ours: [], theirs: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    times.ours.push(time(ours, chunks));
    times.theirs.push(time(theirs, chunks));
  }
  const [mine, other] = [median(times.ours), median(times.theirs)];
  const rate = (ms: number): string => `${(bytes / ms / 1000).toFixed(0)} MB/s`;
  return { what, gate, aim, ratio: other / mine, ours: rate(mine), theirs: rate(other) };
}

/** Four times the input: the ratio is four times the small one's time over the large one's; 1 is linear, 1/4 quadratic. */
function growth(what: string, input: (size: number) => readonly Uint8Array[], small: number): BenchRow {
  const [few, many] = [input(small), input(small * 4)];
  const times: { few: number[]; many: number[] } = { few: [], many: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    times.few.push(time(ours, few));
    times.many.push(time(ours, many));
  }
  // The least time of each: the two are not of one kind, so that a disturbance would not strike both alike.
  const [short, long] = [Math.min(...times.few), Math.min(...times.many)];
  const shown = (ms: number): string => `${ms.toFixed(1)} ms`;
  return { what, gate: 0.5, aim: 0.8, ratio: (4 * short) / long, ours: shown(long), theirs: `4 × ${shown(short)}` };
}

function time(side: Side, chunks: readonly Uint8Array[]): number {
  const begin = performance.now();
  side(chunks);
  return performance.now() - begin;
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN;
}

/** The same chunk over and over, so that the time is not that of reaching for so many arrays. */
function longLine(mebibytes: number): Uint8Array[] {
  const piece = bytesOf("x".repeat(64));
  return [bytesOf("data: "), ...Array.from({ length: mebibytes * (MIB / 64) }, () => piece), bytesOf("\n\n")];
}

/** About `size` bytes of the deltas that a Pokee answer consists of, 60 to 120 bytes each. */
function pokeeDeltas(size: number, kind: "plain" | "unicode" | "crlf"): Uint8Array {
  const words = [
    "The",
    " ocean",
    " whispers",
    " soft",
    " and",
    " low",
    ",\\n",
    " a",
    " lullaby",
    " of",
    " ebb",
    " flow.",
  ];
  const events: string[] = [];
  for (let length = 0, n = 0; length < size; n += 1) {
    const content = words.slice(n % 7, (n % 7) + 1 + (n % 4)).join("") + (kind === "unicode" ? " — é 海" : "");
    const event = `event: text.delta\ndata: {"type":"text.delta","content":"${content}"}\n\n`;
    events.push(kind === "crlf" ? event.replaceAll("\n", "\r\n") : event);
    length += event.length;
  }
  return bytesOf(events.join(""));
}

function cut(bytes: Uint8Array, size: number): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
  return chunks;
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

if (import.meta.main) {
  const begin = performance.now();
  for (const row of await benchWire()) {
    const verdict = row.ratio >= row.aim ? "aim" : row.ratio >= row.gate ? "gate" : "BELOW";
    console.log(`${row.what.padEnd(52)} ${row.ratio.toFixed(2)}  ${verdict}  ${row.ours} against ${row.theirs}`);
  }
  console.log(`${((performance.now() - begin) / 1000).toFixed(1)} s`);
}
