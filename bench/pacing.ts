/**
 * How exactly `replay --speed recorded` keeps time with 2,000 streams at once. It is the clients that measure, so that what the
 * kernel and a busy client add counts as well. Server and clients have a process of their own each: the heap that the other
 * benches of a run leave in this one must not make the clients late.
 *
 *     node bench/pacing.ts
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { Socket } from "node:net";
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
  const processes: ChildProcess[] = [];
  const start = async (...role: string[]): Promise<readonly number[]> => {
    const child = fork(fileURLToPath(import.meta.url), role);
    processes.push(child);
    const died = once(child, "exit").then(() => Promise.reject(new Error(`the process to ${role[0]} died`)));
    const [told]: (readonly number[])[] = await Promise.race([once(child, "message"), died]);
    if (told === undefined) throw new Error(`the process to ${role[0]} should tell what came of it`);
    return told;
  };
  try {
    const [port] = await start("serve", await recordTape(join(folder, "stream.sse")));
    const errors = await start("follow", `${port}`);
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
    for (const child of processes) child.kill();
    await rm(folder, { recursive: true });
  }
}

/** The errors of all streams' chunks, in milliseconds, the smallest first. */
async function followAll(port: number): Promise<readonly number[]> {
  await follow(port, 0);
  const streams = Array.from({ length: STREAMS }, (_, index) => follow(port, (index * BEGIN_MS) / STREAMS));
  return (await Promise.all(streams)).flat().toSorted((one, other) => one - other);
}

/** Every read comes into it, and is looked at before the next: clients that make no garbage are not late because of it. */
const READ = Buffer.alloc(64 * 1024);

/** The error of each chunk's arrival, in milliseconds: early or late against the first chunk's. */
function follow(port: number, afterMs: number): Promise<readonly number[]> {
  return new Promise((resolve, reject) => {
    const errors: number[] = [];
    let body: number | undefined;
    let began = 0;
    let chunks = 0;
    const read = (length: number): boolean => {
      const now = performance.now();
      if (body === undefined) {
        const head = READ.subarray(0, length).indexOf("\r\n\r\n");
        if (head === -1) throw new Error("the head of a response comes in one piece");
        body = -head - 4;
      }
      body += length;
      for (; chunks < CHUNKS && body >= (chunks + 1) * FRAMED_LENGTH; chunks += 1) {
        // The first chunk is due when the stream begins: what its own delivery took is not the pace.
        if (chunks === 0) began = now;
        else errors.push(Math.abs(now - began - chunks * GAP_MS));
      }
      if (chunks === CHUNKS) socket.destroy();
      return true;
    };
    const socket = new Socket({ onread: { buffer: READ, callback: read } });
    socket.on("error", reject);
    socket.on("close", () => {
      if (chunks === CHUNKS) resolve(errors);
      else reject(new Error(`a stream ended after ${chunks} chunks`));
    });
    setTimeout(() => {
      socket.connect(port, "127.0.0.1", () => socket.write("GET / HTTP/1.1\r\nhost: bench\r\n\r\n"));
    }, afterMs);
  });
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

if (import.meta.main) {
  const [, , role, of] = process.argv;
  if (role === "serve" && of !== undefined) {
    const { port } = await startReplay({ tapes: [await openTape(of)] });
    process.send?.([port]);
  } else if (role === "follow") {
    process.send?.(await followAll(Number(of)));
  } else {
    for (const { what, ratio, ours, theirs } of await benchPacing())
      console.log(`${what}  ${ratio.toFixed(2)}  ${ours} (${theirs})`);
  }
}
