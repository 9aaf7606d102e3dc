/**
 * `ssert validate FOLDER`: 20,000 small files by two threads against one, and the memory that 100,000 take.
 *
 *     node bench/many.ts        (after a build)
 */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BenchRow } from "./row.ts";

const COMMAND = fileURLToPath(new URL("../packages/cli/bin/ssert.js", import.meta.url));

const FILES = 20_000;
const MOST_FILES = 100_000;
const MOST_MB = 400;
const ROUNDS = 5;

/** An answer of some sentences: 16 KB. A session of an agent takes some hundred. */
const DELTAS = 300;

/** One in ten breaks a rule, so that reports have something to hold. */
const BROKEN = 10;

export async function benchMany(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), "ssert-bench-"));
  try {
    const some = join(folder, "some");
    makeStreams(some, FILES, DELTAS);
    const rows = [await threads(some)];
    rmSync(some, { recursive: true });
    const most = join(folder, "most");
    makeStreams(most, MOST_FILES, 5);
    for (const format of ["json", "pretty"]) rows.push(await memory(most, format));
    return rows;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function threads(folder: string): Promise<BenchRow> {
  const times: Record<1 | 2, number[]> = { 1: [], 2: [] };
  // Whatever else runs on the machine takes from two threads more than from one: the best of each side counts.
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const jobs of [1, 2] as const) times[jobs].push((await validate(folder, "ndjson", jobs)).seconds);
  }
  const [one, two] = [Math.min(...times[1]), Math.min(...times[2])];
  return {
    what: `validate: ${FILES.toLocaleString("en")} files of 16 KB, two threads against one, start to exit`,
    gate: 1.6,
    aim: 1.8,
    ratio: one / two,
    ours: `${two.toFixed(2)} s`,
    theirs: `${one.toFixed(2)} s`,
  };
}

async function memory(folder: string, format: string): Promise<BenchRow> {
  const { peakMb } = await validate(folder, format, 2);
  return {
    what: `validate: peak memory at ${MOST_FILES.toLocaleString("en")} files, two threads, ${format}`,
    gate: 1,
    aim: 0.75,
    ratio: peakMb / MOST_MB,
    ours: `${peakMb.toFixed(0)} MB`,
    theirs: `≤ ${MOST_MB} MB`,
    better: "lower",
  };
}

/** A process of its own; it tells its peak when it is about to end. */
const TELLING = `data:text/javascript,${encodeURIComponent(
  'process.on("exit", () => process.stderr.write("peak " + process.resourceUsage().maxRSS + "\\n"));',
)}`;

function validate(folder: string, format: string, jobs: number): Promise<{ seconds: number; peakMb: number }> {
  const args = ["--import", TELLING, COMMAND, "validate", folder, "--protocol", "pokee", "--format", format];
  const begin = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...args, "--jobs", String(jobs)], { stdio: ["ignore", "ignore", "pipe"] });
    let told = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      told += text;
    });
    child.on("error", reject);
    child.on("close", (code) => {
      const peak = /^peak (\d+)$/m.exec(told)?.[1];
      if (code !== 1 || peak === undefined) reject(new Error(`ssert validate ended with ${code}: ${told}`));
      else resolve({ seconds: (performance.now() - begin) / 1000, peakMb: Number(peak) / 1024 });
    });
  });
}

function makeStreams(folder: string, files: number, deltas: number): void {
  const whole = stream(deltas);
  const broken = whole.replace("event: text.stop", "event: text.stopp");
  for (let file = 0; file < files; file += 1) {
    const inside = join(folder, `day-${Math.floor(file / 1000)}`);
    if (file % 1000 === 0) mkdirSync(inside, { recursive: true });
    writeFileSync(join(inside, `session-${file}.sse`), file % BROKEN === 0 ? broken : whole);
  }
}

function stream(deltas: number): string {
  const event = (type: string, data: object): string => `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
  const delta = event("text.delta", { content: "The ocean whispers" });
  return (
    event("message.created", { id: "m1", session_id: "s1", status: "in_progress" }) +
    event("text.start", {}) +
    delta.repeat(deltas) +
    event("text.stop", {}) +
    event("message.completed", { id: "m1", status: "completed", usage: {} })
  );
}

if (import.meta.main) {
  for (const { what, ratio, ours, theirs } of await benchMany()) {
    console.log(`${what.padEnd(76)} ${ratio.toFixed(2)}  ${ours} against ${theirs}`);
  }
}
