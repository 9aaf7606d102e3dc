/**
 * A whole check of one long Pokee stream against the loop that a user would write by hand: eventsource-parser, JSON.parse
 * and a compiled Ajv schema an event. That loop knows no order and no places.
 *
 *     node --conditions=@ssert/source bench/validate.ts
 */
import { Ajv2020 } from "ajv/dist/2020.js";
import { createParser } from "eventsource-parser";
import { builtinProtocol, createStreamCheck, type Protocol } from "ssert/protocol";
import { longStream } from "./pokee-stream.ts";
import type { BenchRow } from "./row.ts";

type Side = (chunks: readonly Uint8Array[]) => number;

const ROUNDS = 21;
const MIB = 1024 * 1024;

export async function benchValidate(): Promise<BenchRow[]> {
  const protocol = builtinProtocol("pokee");
  if (protocol === undefined) throw new Error("pokee is built in");
  const sides = { ours: checkWith(protocol), theirs: handWritten(protocol) };
  return [
    compare("validate: one long Pokee stream, all rules, 16 KiB chunks", sides, cut(longStream(8 * MIB), 16 * 1024)),
    compare("validate: the same in 256 B chunks", sides, cut(longStream(4 * MIB), 256)),
  ];
}

function checkWith(protocol: Protocol): Side {
  return (chunks) => {
    const check = createStreamCheck({ protocol });
    for (const chunk of chunks) check.push(chunk);
    const { events, findings, verdict, heldBack } = check.end();
    if (verdict !== "valid" || findings.length > 0 || heldBack > 0)
      throw new Error("the stream should have no findings");
    return events;
  };
}

function handWritten(protocol: Protocol): Side {
  const ajv = new Ajv2020({ strict: false });
  const checks = new Map(
    Object.entries(protocol.definition.events).map(([type, { schema }]) => [type, ajv.compile(schema ?? true)]),
  );
  return (chunks) => {
    let events = 0;
    const parser = createParser({
      onEvent: (event) => {
        events += 1;
        const check = checks.get(event.event ?? "");
        const data: unknown = JSON.parse(event.data);
        if (check === undefined || !check(data)) throw new Error("the stream should fit its schemas");
      },
    });
    const decoder = new TextDecoder();
    for (const chunk of chunks) parser.feed(decoder.decode(chunk, { stream: true }));
    return events;
  };
}

function compare(
  what: string,
  { ours, theirs }: Record<"ours" | "theirs", Side>,
  chunks: readonly Uint8Array[],
): BenchRow {
  const bytes = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  if (ours(chunks) !== theirs(chunks)) throw new Error(`${what}: the two sides read different events`);
  const ratios: number[] = [];
  const times: { ours: number[]; theirs: number[] } = { ours: [], theirs: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    const [mine, other] = [time(ours, chunks), time(theirs, chunks)];
    times.ours.push(mine);
    times.theirs.push(other);
    ratios.push(other / mine);
  }
  const rate = (all: readonly number[]): string => `${(bytes / median(all) / 1000).toFixed(0)} MB/s`;
  return { what, gate: 1, aim: 1.5, ratio: median(ratios), ours: rate(times.ours), theirs: rate(times.theirs) };
}

function time(side: Side, chunks: readonly Uint8Array[]): number {
  const begin = performance.now();
  side(chunks);
  return performance.now() - begin;
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN;
}

function cut(bytes: Uint8Array, size: number): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
  return chunks;
}

if (import.meta.main) {
  for (const row of await benchValidate()) {
    const verdict = row.ratio >= row.aim ? "aim" : row.ratio >= row.gate ? "gate" : "BELOW";
    console.log(`${row.what.padEnd(60)} ${row.ratio.toFixed(2)}  ${verdict}  ${row.ours} against ${row.theirs}`);
  }
}
