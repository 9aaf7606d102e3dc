/**
 * `ssert validate FOLDER`: 20,000 small files on two cores against one, and the memory that 100,000 take.
 *
 *     node bench/many.ts        (after a build; needs Linux's `taskset`)
 */
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createTape } from "ssert/tape";
import type { BenchRow } from "./row.ts";

const COMMAND = fileURLToPath(new URL("../packages/cli/bin/ssert.js", import.meta.url));

const FILES = 20_000;
const MOST_FILES = 100_000;
const MOST_MB = 400;
const ROUNDS = 9;

/**
 * Deltas a file, by how it is kept. An answer of some sentences is a tape of 16 KB, and 600 words are a bare file of 32; a session
 * of an agent takes some hundred. The smaller the files, the more of the time is the start of thread and compiler: bare files of
 * 600 bytes gave 1.5, of 16 KB 1.55 to 1.63, of 64 KB 1.78.
 */
const DELTAS: Readonly<Record<Kind, number>> = { recorded: 300, bare: 600 };

/** One in ten breaks a rule, so that reports have something to hold. */
const BROKEN = 10;

export async function benchMany(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), "ssert-bench-"));
  try {
    const rows: BenchRow[] = [];
    for (const kind of ["bare", "recorded"] as const) {
      const some = join(folder, kind);
      await makeStreams(some, FILES, DELTAS[kind], kind);
      rows.push(await cores(some, kind));
      rmSync(some, { recursive: true });
    }
    const most = join(folder, "most");
    await makeStreams(most, MOST_FILES, 5, "bare");
    for (const format of ["json", "pretty"]) rows.push(await memory(most, format));
    return rows;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A core is all that the one side gets: on two, V8 compiles and collects on the other, however few threads it is given. */
const ONE_CORE = ["taskset", "-c", "0"];

async function cores(folder: string, kind: Kind): Promise<BenchRow> {
  const times: Record<1 | 2, number[]> = { 1: [], 2: [] };
  spawnSync("sync"); // else the system writes the new files to disk meanwhile, on one of the cores
  // Whatever else runs on the machine takes from two cores more than from one: the best of each side counts.
  for (let round = 0; round < ROUNDS; round += 1) {
    times[1].push((await validate(folder, "ndjson", 1, ONE_CORE)).seconds);
    times[2].push((await validate(folder, "ndjson", 2)).seconds);
  }
  const [one, two] = [Math.min(...times[1]), Math.min(...times[2])];
  const files = `${FILES.toLocaleString("en")} ${kind === "bare" ? "files of 32 KB" : "tapes of 16 KB"}`;
  return {
    what: `validate: ${files}, two cores against one, start to exit`,
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

function validate(
  folder: string,
  format: string,
  jobs: number,
  within: readonly string[] = [],
): Promise<{ seconds: number; peakMb: number }> {
  const args = ["--import", TELLING, COMMAND, "validate", folder, "--protocol", "pokee", "--format", format];
  const begin = performance.now();
  return new Promise((resolve, reject) => {
    const [command = "", ...rest] = [...within, process.execPath, ...args, "--jobs", String(jobs)];
    const child = spawn(command, rest, { stdio: ["ignore", "ignore", "pipe"] });
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

/** `recorded`: with the `.sse.tape` that the recorder writes, a chunk an event. */
type Kind = "bare" | "recorded";

async function makeStreams(folder: string, files: number, deltas: number, kind: Kind): Promise<void> {
  const whole = stream(deltas);
  const broken = whole.replace("event: text.stop", "event: text.stopp");
  const [good, bad] = [await linesOf(whole), await linesOf(broken)];
  for (let file = 0; file < files; file += 1) {
    const inside = join(folder, `day-${Math.floor(file / 1000)}`);
    if (file % 1000 === 0) mkdirSync(inside, { recursive: true });
    const path = join(inside, `session-${file}.sse`);
    const isBroken = file % BROKEN === 0;
    writeFileSync(path, isBroken ? broken : whole);
    if (kind === "recorded") writeFileSync(`${path}.tape`, isBroken ? bad : good);
  }
}

/** The `.sse.tape` of a stream whose events came 20 ms apart. */
async function linesOf(text: string): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), "ssert-bench-"));
  try {
    const path = join(folder, "x.sse");
    const headers = { "content-type": "text/event-stream" };
    const tape = await createTape(path, {
      ssert: 1,
      recordedAt: "2026-01-01T00:00:00.000Z",
      tool: "ssert bench",
      provenance: "synthetic",
      boundaries: "exact",
      response: { status: 200, headers },
    });
    const events = text.split(/(?<=\n\n)/);
    for (const event of events) tape.append(Buffer.from(event), 20_000);
    await tape.finish("eof", 20_000 * events.length);
    return readFileSync(`${path}.tape`);
  } finally {
    rmSync(folder, { recursive: true });
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
