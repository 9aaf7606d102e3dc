/**
 * The recording proxy against a bare `node:http` pipe, before the same origin.
 *
 *     node --conditions=@ssert/source bench/proxy.ts
 */
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer as createHttpServer, request } from "node:http";
import { connect, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { startProxy } from "ssert/record";
import type { BenchRow } from "./row.ts";

type Load = "deltas" | "large";
type Side = { role: "origin"; load: Load } | { role: "ours" | "bare"; origin: number };

/**
 * An answer of an agent: some hundred deltas, each a chunk, in a few packets; and long streams of large events. Chunks of tens
 * of kilobytes, which no stream of events has, would measure how fast this machine copies memory to files.
 */
const LOADS: Record<Load, { packets: readonly Buffer[]; connections: number }> = {
  deltas: {
    packets: Array.from({ length: 10 }, (_, packet) =>
      Buffer.concat(
        Array.from({ length: 30 }, (__, index) =>
          httpChunk(Buffer.from(`event: text.delta\ndata: {"content":"word ${packet * 30 + index} of it"}\n\n`)),
        ),
      ),
    ),
    connections: 16,
  },
  large: {
    packets: Array.from({ length: 64 }, () =>
      Buffer.concat(Array.from({ length: 48 }, () => httpChunk(Buffer.from(`data: ${"x".repeat(1016)}\n\n`)))),
    ),
    connections: 4,
  },
};
const HEAD = Buffer.from("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
const LAST_CHUNK = Buffer.from("0\r\n\r\n");
const BODY = JSON.stringify({ message: "Write a short poem about persistent storage.", stream: true });
const REQUEST = Buffer.from(
  `POST /v1/messages HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nContent-Length: ${BODY.length}\r\n\r\n${BODY}`,
);

/**
 * In memory where the system has such a folder: not the disk is compared. ext4 takes ten times as long for a new file while
 * thousands of others were deleted within half a minute, which the run before has done.
 */
const TAPES = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

const ROUNDS = 7;
const ROUND_MS = 400;

export async function benchProxy(): Promise<BenchRow[]> {
  return [await benchLoad("deltas"), await benchLoad("large")];
}

async function benchLoad(load: Load): Promise<BenchRow> {
  // Each server has a thread of its own and the clients another, so that what is measured is the proxy.
  const origin = await serverThread({ role: "origin", load });
  const ours = await serverThread({ role: "ours", origin: origin.port });
  const bare = await serverThread({ role: "bare", origin: origin.port });
  const rates: { ours: number[]; bare: number[] } = { ours: [], bare: [] };
  const { connections, packets } = LOADS[load];
  try {
    for (const { port } of [ours, bare]) await streamsPerSecond(port, connections);
    for (let round = 0; round < ROUNDS; round += 1) {
      // Whoever comes second finds a warmer machine: take turns.
      const sides = round % 2 === 0 ? (["ours", "bare"] as const) : (["bare", "ours"] as const);
      for (const side of sides) {
        rates[side].push(await streamsPerSecond(side === "ours" ? ours.port : bare.port, connections));
      }
    }
  } finally {
    for (const server of [ours, bare, origin]) await server.stop();
  }
  const bytes = Buffer.concat(packets).length;
  const shown = (rate: number): string =>
    load === "deltas" ? `${rate.toFixed(0)} streams/s` : `${((rate * bytes) / 1e6).toFixed(0)} MB/s`;
  const ratios = rates.ours.map((rate, round) => rate / (rates.bare[round] ?? Number.NaN));
  const what = load === "deltas" ? "streams of 300 deltas" : "long streams of 1 KiB events";
  return {
    what: `\`proxy\` while recording (tapes in memory), ${what}, against a bare \`node:http\` pipe`,
    gate: 0.6,
    aim: 0.8,
    ratio: median(ratios),
    ours: shown(median(rates.ours)),
    theirs: shown(median(rates.bare)),
  };
}

/** Complete streams a second that so many clients receive, each one after the other on its connection. */
async function streamsPerSecond(port: number, connections: number): Promise<number> {
  const until = performance.now() + ROUND_MS;
  const started = performance.now();
  const counts = await Promise.all(Array.from({ length: connections }, () => receiveStreams(port, until)));
  return counts.reduce((sum, count) => sum + count, 0) / ((performance.now() - started) / 1000);
}

function receiveStreams(port: number, until: number): Promise<number> {
  return new Promise((resolve, reject) => {
    let streams = 0;
    let tail = Buffer.alloc(0);
    const socket = connect(port, "127.0.0.1", () => socket.write(REQUEST));
    socket.on("error", reject);
    socket.on("close", () => reject(new Error("the proxy closed the connection")));
    socket.on("data", (bytes) => {
      tail = Buffer.concat([tail, bytes.subarray(-7)]).subarray(-7);
      if (!tail.toString("latin1").endsWith("\r\n0\r\n\r\n")) return;
      tail = Buffer.alloc(0);
      streams += 1;
      if (performance.now() < until) {
        socket.write(REQUEST);
        return;
      }
      socket.removeAllListeners("close").destroy();
      resolve(streams);
    });
  });
}

function httpChunk(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from("\r\n")]);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function serverThread(side: Side): Promise<{ port: number; stop: () => Promise<void> }> {
  const worker = new Worker(new URL(import.meta.url), { workerData: side });
  const port = await new Promise<number>((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
  });
  return {
    port,
    async stop() {
      const exited = new Promise((resolve) => worker.once("exit", resolve));
      worker.postMessage("stop");
      await exited;
    },
  };
}

/** Sends the stream to each request, in packets as fast as the other side takes them. */
function startOrigin(load: Load): Server {
  const { packets } = LOADS[load];
  return createServer({ noDelay: true }, (socket) => {
    socket.on("error", () => {});
    // Requests are one packet each, and never pipelined.
    socket.on("data", () => sendStream(socket, packets));
  });
}

function sendStream(socket: Socket, packets: readonly Buffer[]): void {
  socket.write(HEAD);
  let sent = 0;
  const send = (): void => {
    const packet = packets[sent];
    if (socket.destroyed) return;
    if (!packet) {
      socket.write(LAST_CHUNK);
      return;
    }
    sent += 1;
    if (socket.write(packet)) setImmediate(send);
    else socket.once("drain", send);
  };
  send();
}

function startBare(origin: number): Server {
  return createHttpServer((fromClient, toClient) => {
    const { method, url, headers } = fromClient;
    const upstream = request({ host: "127.0.0.1", port: origin, method, path: url, headers }, (response) => {
      toClient.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(toClient);
    });
    fromClient.pipe(upstream);
  });
}

async function serve(side: Side): Promise<void> {
  if (side.role === "ours") {
    const folder = await mkdtemp(join(TAPES, "ssert-bench-"));
    const proxy = await startProxy({ origin: `http://127.0.0.1:${side.origin}`, dir: folder, tool: "ssert bench" });
    parentPort?.postMessage(proxy.port);
    parentPort?.once("message", () => {
      void proxy.close().then(() => rm(folder, { recursive: true }).then(() => process.exit()));
    });
    return;
  }
  const server = side.role === "origin" ? startOrigin(side.load) : startBare(side.origin);
  server.listen(0, "127.0.0.1", () => {
    const address = server.address();
    parentPort?.postMessage(typeof address === "object" ? address?.port : undefined);
  });
  parentPort?.once("message", () => process.exit());
}

if (!isMainThread) {
  const side: Side = workerData;
  await serve(side);
} else if (import.meta.main) {
  console.table(await benchProxy());
}
