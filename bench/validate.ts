/**
 * A whole check of one long Pokee stream against the loop that a user would write by hand: eventsource-parser, JSON.parse
 * and a compiled Ajv schema an event. That loop knows no order and no places.
 *
 *     node --conditions=@ssert/source bench/validate.ts
 */
import { Ajv2020 } from "ajv/dist/2020.js";
import { createParser } from "eventsource-parser";
import { builtinProtocol, createStreamCheck, type Protocol } from "ssert/protocol";
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
  return { what, gate: 0.8, aim: 1.5, ratio: median(ratios), ours: rate(times.ours), theirs: rate(times.theirs) };
}

function time(side: Side, chunks: readonly Uint8Array[]): number {
  const begin = performance.now();
  side(chunks);
  return performance.now() - begin;
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN;
}

/** An answer that goes on and on: thinking, text and a tool in turn, about 75 bytes an event, most of them deltas. */
function longStream(size: number): Uint8Array {
  const events = [event("message.created", { id: "msg_1", session_id: "ses_1", status: "in_progress" })];
  let length = 0;
  for (let turn = 0; length < size; turn += 1) {
    const block = [...textBlock("thinking", turn, 30), ...textBlock("text", turn, 60), ...tool(turn)];
    for (const text of block) length += text.length;
    events.push(...block);
  }
  events.push(
    event("message.completed", { id: "msg_1", status: "completed", usage: { input_tokens: 1, output_tokens: 2 } }),
  );
  return new TextEncoder().encode(events.join(""));
}

/** Model output as it comes: a word or a few an event, now and then with something that JSON must escape. */
const WORDS =
  "The| ocean| whispers| soft| and| low|,| a| lullaby| of| ebb| flow|.\n| It| keeps| what| rivers| bring| to| it|, and| forgets".split(
    "|",
  );

function textBlock(kind: "text" | "thinking", turn: number, deltas: number): string[] {
  const words = Array.from({ length: deltas }, (_, n) => {
    const first = (n * 3 + turn) % WORDS.length;
    return { content: WORDS.slice(first, first + 1 + (n % 3)).join("") };
  });
  return [event(`${kind}.start`, {}), ...words.map((word) => event(`${kind}.delta`, word)), event(`${kind}.stop`, {})];
}

function tool(turn: number): string[] {
  const use = { name: "search", id: `toolu_${turn}` };
  const input = { query: `tide tables ${turn}`, limit: 10, near: { latitude: 53.55, longitude: 9.99 } };
  const pieces = JSON.stringify(input).match(/.{1,8}/gu) ?? [];
  return [
    event("tool_use.start", use),
    ...pieces.map((content) => event("tool_use.input_delta", { content })),
    event("tool_use.executing", { ...use, input }),
    event("tool_use.stop", {}),
    event("tool_result", { id: use.id, content: "high at 04:12, low at 10:31", is_error: false }),
  ];
}

function event(type: string, data: unknown): string {
  return `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
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
