/**
 * Memory of one stream's check, of 10,000 that are each in the middle of a stream: what a gateway that watches its traffic
 * takes. Measured in a process of its own, after a collection.
 *
 *     pnpm build && node bench/monitors.ts
 */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { builtinProtocol, createMonitor, createStreamCheck, type Protocol } from "ssert/protocol";
import { createDecoder } from "ssert/wire";
import { longStream } from "./pokee-stream.ts";
import type { BenchRow } from "./row.ts";

const STREAMS = 10_000;

/**
 * A connection of `node:http` takes about 20 KB on the heap; a check should be the smaller part of what a stream costs. The
 * decoder's buffer for the unfinished event is 8 KiB of it, outside the heap.
 */
const PROMISED = { monitor: 6, check: 20 } as const;

type Side = keyof typeof PROMISED;

export function benchMonitors(): Promise<BenchRow[]> {
  return Promise.resolve([
    row("monitor", "10,000 monitors in the middle of a stream: memory of one"),
    row("check", "10,000 checks of bytes (decoder and monitor): memory of one"),
  ]);
}

function row(side: Side, what: string): BenchRow {
  const script = fileURLToPath(import.meta.url);
  const output = execFileSync(process.execPath, ["--expose-gc", script, side], { encoding: "utf8" });
  const kilobytes = Number(output) / 1000 / STREAMS;
  const promised = PROMISED[side];
  return {
    what,
    gate: 1,
    aim: 0.75,
    ratio: kilobytes / promised,
    ours: `${kilobytes.toFixed(1)} KB`,
    theirs: `≤ ${promised} KB`,
    better: "lower",
  };
}

/** Bytes that so many take together, each somewhere else in its stream, most with a content block open. */
function measure(side: Side): number {
  const protocol = builtinProtocol("pokee");
  if (protocol === undefined) throw new Error("pokee is built in");
  const stream = longStream(16 * 1024);
  // Whatever is made once is made before.
  const warm = [watch(side, protocol, stream)];
  const before = memory();
  const watched = Array.from({ length: STREAMS }, (_, index) => {
    return watch(side, protocol, stream.subarray(0, 2_000 + ((index * 37) % 12_000)));
  });
  const bytes = memory() - before;
  if (watched.length + warm.length !== STREAMS + 1) throw new Error("all of them should still be there");
  return bytes;
}

function watch(side: Side, protocol: Protocol, bytes: Uint8Array): unknown {
  if (side === "check") {
    const check = createStreamCheck({ protocol });
    check.push(bytes);
    return check;
  }
  const monitor = createMonitor(protocol, { onFinding: () => {} });
  createDecoder({ event: (event) => monitor.event(event) }).push(bytes);
  return monitor;
}

function memory(): number {
  // Twice: what the first lets go of may hold memory outside the heap.
  for (let round = 0; round < 2; round += 1) globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

if (import.meta.main) {
  const [, , side] = process.argv;
  if (side === "monitor" || side === "check") console.log(measure(side));
  else {
    for (const { what, ratio, ours, theirs } of await benchMonitors()) {
      console.log(`${what.padEnd(66)} ${ratio.toFixed(2)}  ${ours} (${theirs})`);
    }
  }
}
