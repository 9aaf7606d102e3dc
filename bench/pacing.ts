/**
 * How exactly `replay --speed recorded` keeps time with 2,000 streams at once. The server has a process of its own; the clients
 * measure, so that what the kernel and a busy client add counts as well.
 *
 *     node bench/pacing.ts
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startReplay } from "ssert/replay";
import { createTape, openTape } from "ssert/tape";
import type { BenchRow } from "./row.ts";

const STREAMS = 2_000;
/** Each has a delta every 200 ms for 4 s: 10,000 deltas a second in all. */
const GAP_MS = 200;
const CHUNKS = 20;
/** Streams begin spread over this time, as they do where people ask. */
const BEGIN_MS = 1_000;
const CHUNK = Buffer.from('event: text.delta\ndata: {"content":"word after word"}\n\n');
/** As the server frames it: chunked transfer coding. */
const FRAMED_LENGTH = CHUNK.length + `${CHUNK.length.toString(16)}\r\n\r\n`.length;

const GATE_MS = 10;
const AIM_MS = 3;

export async function benchPacing(): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), "ssert-bench-"));
  const path = await recordTape(join(folder, "stream.sse"));
  const server = fork(fileURLToPath(import.meta.url), ["serve", path]);
  try {
    const [port]: number[] = await once(server, "message");
    if (port === undefined) throw new Error("the server should tell its port");
    await follow(port);
    const errors = (
      await Promise.all(Array.from({ length: STREAMS }, (_, index) => follow(port, (index * BEGIN_MS) / STREAMS)))
    ).flat();
    errors.sort((one, other) => one - other);
    const at = (share: number): number => errors[Math.floor(errors.length * share)] ?? Number.NaN;
    return [
      {
        what: `replay, recorded speed: ${STREAMS} streams at once, 99th percentile of the pacing error`,
        gate: 1,
        aim: AIM_MS / GATE_MS,
        ratio: at(0.99) / GATE_MS,
        ours: `${at(0.99).toFixed(1)} ms (median ${at(0.5).toFixed(1)} ms)`,
        theirs: `≤ ${GATE_MS} ms`,
        better: "lower",
      },
    ];
  } finally {
    server.kill();
    await rm(folder, { recursive: true });
  }
}

/** The error of each chunk's arrival, in milliseconds: early or late against the first chunk's. */
async function follow(port: number, afterMs = 0): Promise<readonly number[]> {
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  const errors: number[] = [];
  const socket = connect(port, "127.0.0.1", () => socket.write("GET / HTTP/1.1\r\nhost: bench\r\n\r\n"));
  let body: number | undefined;
  let began = 0;
  let chunks = 0;
  for await (const bytes of socket) {
    const now = performance.now();
    let length: number = bytes.length;
    if (body === undefined) {
      const head = bytes.indexOf("\r\n\r\n");
      if (head === -1) throw new Error("the head of a response comes in one piece");
      body = 0;
      began = now;
      length -= head + 4;
    }
    body += length;
    // The first chunk is due when the stream begins: what its own delivery took is not the pace.
    for (; chunks < CHUNKS && body >= (chunks + 1) * FRAMED_LENGTH; chunks += 1) {
      if (chunks === 0) began = now;
      else errors.push(Math.abs(now - began - chunks * GAP_MS));
    }
    if (chunks === CHUNKS) break;
  }
  if (chunks < CHUNKS) throw new Error(`a stream ended after ${chunks} chunks`);
  return errors;
}

async function recordTape(path: string): Promise<string> {
  const tape = await createTape(path, {
    ssert: 1,
    recordedAt: "2026-01-01T00:00:00.000Z",
    tool: "ssert bench",
    provenance: "synthetic",
    boundaries: "exact",
    response: { status: 200, headers: { "content-type": "text/event-stream", "cache-control": "no-store" } },
  });
  for (let chunk = 0; chunk < CHUNKS; chunk += 1) tape.append(CHUNK, chunk === 0 ? 0 : GAP_MS * 1000);
  await tape.finish("eof", CHUNKS * GAP_MS * 1000);
  return path;
}

async function serve(path: string): Promise<void> {
  const { port } = await startReplay({ tapes: [await openTape(path)] });
  process.send?.(port);
}

if (import.meta.main) {
  const [, , role, path] = process.argv;
  if (role === "serve" && path !== undefined) await serve(path);
  else
    for (const { what, ratio, ours, theirs } of await benchPacing())
      console.log(`${what}  ${ratio.toFixed(2)}  ${ours} (${theirs})`);
}
