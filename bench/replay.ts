/**
 * The replay server at instant speed against a bare `node:http` server that writes the same chunks.
 *
 *     node --conditions=@ssert/source bench/replay.ts
 */
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { startReplay } from "ssert/replay";
import { createTape, openTape } from "ssert/tape";
import type { BenchRow } from "./row.ts";

/** An answer of an agent: some hundred deltas, each a chunk. */
const CHUNKS: readonly Buffer[] = Array.from({ length: 300 }, (_, index) =>
  Buffer.from(`event: text.delta\ndata: {"content":"word ${index} of it"}\n\n`),
);
const BODY = JSON.stringify({ message: "Write a short poem about persistent storage.", stream: true });
const PATH = "/v1/sessions/bench/messages";
const REQUEST = `POST ${PATH} HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\ncontent-length: ${BODY.length}\r\n\r\n${BODY}`;

/** More connections did not make either server faster. */
const CONNECTIONS = 16;
/** Many short rounds, so that whatever else the machine does meets both sides alike. */
const ROUNDS = 31;
const ROUND_MS = 200;

export async function benchReplay(): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), "ssert-bench-"));
  const tape = await recordTape(join(folder, "stream.sse"));
  // Each server has a thread of its own and the clients another, so that what is measured is the server.
  const servers = await Promise.all([serverThread({ tape }), serverThread({ tape: undefined })]);
  try {
    const ours: number[] = [];
    const theirs: number[] = [];
    for (const { port } of servers) await streamsPerSecond(port);
    for (let round = 0; round < ROUNDS; round += 1) {
      // Whoever comes second finds a warmer machine: take turns.
      const sides = [
        { port: servers[0].port, figures: ours },
        { port: servers[1].port, figures: theirs },
      ];
      for (const { port, figures } of round % 2 === 0 ? sides : sides.toReversed()) {
        figures.push(await streamsPerSecond(port));
      }
    }
    const ratios = ours.map((figure, round) => figure / (theirs[round] ?? Number.NaN));
    return [
      {
        what: `replay, instant: streams of ${CHUNKS.length} chunks, against bare node:http`,
        gate: 0.8,
        aim: 0.95,
        ratio: median(ratios),
        ours: `${median(ours).toFixed(0)} streams/s`,
        theirs: `${median(theirs).toFixed(0)} streams/s`,
      },
    ];
  } finally {
    await Promise.all(servers.map(({ worker }) => worker.terminate()));
    await rm(folder, { recursive: true });
  }
}

async function recordTape(path: string): Promise<string> {
  const tape = await createTape(path, {
    ssert: 1,
    recordedAt: "2026-01-01T00:00:00.000Z",
    tool: "ssert bench",
    provenance: "synthetic",
    boundaries: "exact",
    request: { method: "POST", url: `https://api.example${PATH}`, headers: {}, body: BODY },
    response: { status: 200, headers: { "content-type": "text/event-stream", "cache-control": "no-store" } },
  });
  for (const chunk of CHUNKS) tape.append(chunk, 20_000);
  await tape.finish("eof", CHUNKS.length * 20_000);
  return path;
}

interface Side {
  /** Replayed by ours; undefined: the bare server. */
  readonly tape: string | undefined;
}

function serverThread(side: Side): Promise<{ worker: Worker; port: number }> {
  const worker = new Worker(new URL(import.meta.url), { workerData: side });
  return new Promise((resolve, reject) => {
    worker.once("message", (port: number) => resolve({ worker, port }));
    worker.once("error", reject);
  });
}

async function serve({ tape }: Side): Promise<number> {
  if (tape !== undefined) return (await startReplay({ tapes: [await openTape(tape)], speed: "instant" })).port;
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    for (const chunk of CHUNKS) response.write(chunk);
    response.end();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server has an address");
  return address.port;
}

/** Keep-alive clients that ask again as soon as a body has ended, and look at nothing else than that. */
async function streamsPerSecond(port: number): Promise<number> {
  let streams = 0;
  const start = performance.now();
  const clients = await Promise.all(
    Array.from({ length: CONNECTIONS }, () =>
      client(port, () => {
        streams += 1;
        return performance.now() - start < ROUND_MS;
      }),
    ),
  );
  const seconds = (performance.now() - start) / 1000;
  for (const socket of clients) socket.destroy();
  return streams / seconds;
}

const TERMINATOR = Buffer.from("\r\n0\r\n\r\n");

function client(port: number, next: () => boolean): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(REQUEST));
    let tail = Buffer.alloc(0);
    socket.on("error", reject);
    socket.on("data", (bytes) => {
      const end = Buffer.concat([tail, bytes.subarray(-TERMINATOR.length)]);
      tail = end.subarray(-TERMINATOR.length);
      if (!tail.equals(TERMINATOR)) return;
      if (next()) socket.write(REQUEST);
      else resolve(socket);
    });
  });
}

function median(figures: readonly number[]): number {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? Number.NaN;
}

if (!isMainThread) {
  const side: Side = workerData;
  parentPort?.postMessage(await serve(side));
} else if (import.meta.main) {
  console.table(await benchReplay());
}
