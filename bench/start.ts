import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import type { BenchRow } from "./row.ts";

const COMMAND = fileURLToPath(new URL("../packages/cli/bin/ssert.js", import.meta.url));

/** The ratio of the medians of so many alternating runs varied by 4 % from one bench to the next on two busy cores. */
const RUNS = 41;

const STREAM =
  'event: message.created\ndata: {"id":"m1","session_id":"s1","status":"in_progress"}\n\n' +
  "event: text.start\ndata: {}\n\n" +
  'event: text.delta\ndata: {"content":"Hello"}\n\n' +
  "event: text.stop\ndata: {}\n\n" +
  'event: message.completed\ndata: {"id":"m1","status":"completed","usage":{}}\n\n';

/** `ssert validate one.sse --protocol pokee`, start to exit, against a Node that does nothing. */
export function benchStart(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), "ssert-bench-"));
  try {
    const stream = join(folder, "one.sse");
    writeFileSync(stream, STREAM);
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      theirs.push(startToExit(["-e", "0"]));
      ours.push(startToExit([COMMAND, "validate", stream, "--protocol", "pokee"]));
    }
    const [mine, bare] = [median(ours), median(theirs)];
    return Promise.resolve([
      {
        what: "`ssert validate one.sse`, start to exit, against `node -e 0`",
        gate: 2.5,
        aim: 2.0,
        ratio: mine / bare,
        ours: `${mine.toFixed(1)} ms`,
        theirs: `${bare.toFixed(1)} ms`,
        better: "lower",
      },
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Milliseconds. */
function startToExit(args: readonly string[]): number {
  const begin = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  const took = performance.now() - begin;
  if (status !== 0) throw new Error(`node ${args.join(" ")} ended with ${status}: ${stderr}`);
  return took;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
