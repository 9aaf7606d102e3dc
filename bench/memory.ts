/**
 * Peak memory of `ssert validate` for one long stream, which is made while it is read: 256 MiB and 1 GiB; with `--large`,
 * 1 GiB and 4 GiB, which takes a minute or two.
 *
 *     pnpm build && node bench/memory.ts [--large]
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { Readable, type Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { longStreamParts } from "./pokee-stream.ts";
import type { BenchRow } from "./row.ts";

const COMMAND = fileURLToPath(new URL("../packages/cli/bin/ssert.js", import.meta.url));
const PEAK = new URL("peak.ts", import.meta.url).href;

const MIB = 1024 * 1024;
const PROMISED_MB = 150;
const AIM_MB = 100;

export async function benchMemory(sizes: readonly [number, number] = [256 * MIB, 1024 * MIB]): Promise<BenchRow[]> {
  const [small, large] = [await peakOf(sizes[0]), await peakOf(sizes[1])];
  const shown = (megabytes: number): string => `${megabytes.toFixed(0)} MB`;
  const name = (size: number): string => (size < 1024 * MIB ? `${size / MIB} MiB` : `${size / 1024 / MIB} GiB`);
  return [
    {
      what: `\`ssert validate\`, peak memory for one stream of ${name(sizes[1])}, against what was promised`,
      gate: 1,
      aim: Number((AIM_MB / PROMISED_MB).toFixed(2)),
      ratio: large / PROMISED_MB,
      ours: shown(large),
      theirs: `≤ ${PROMISED_MB} MB`,
      better: "lower",
    },
    {
      // What V8 leaves uncollected differs from run to run by some MB.
      what: `\`ssert validate\`, peak memory at ${name(sizes[1])} against ${name(sizes[0])}`,
      gate: 1.15,
      aim: 1.05,
      ratio: large / small,
      ours: shown(large),
      theirs: shown(small),
      better: "lower",
    },
  ];
}

/** MB (10^6 bytes) that the command takes at most for a stream of this size on its standard input. */
async function peakOf(size: number): Promise<number> {
  const args = ["--import", PEAK, COMMAND, "validate", "-", "--protocol", "pokee", "--format", "json"];
  const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit", "pipe"] });
  const [stdin, stdout, , peak] = child.stdio;
  if (stdin === null || stdout === null || !(peak instanceof Readable)) throw new Error("all of these are pipes");
  const [kibibytes, report] = await Promise.all([text(peak), text(stdout), feed(stdin, size)]);
  const { summary }: { summary: { valid: number } } = JSON.parse(report);
  if (summary.valid !== 1) throw new Error("the stream should be valid");
  return (Number(kibibytes) * 1024) / 1e6;
}

async function feed(stdin: Writable, size: number): Promise<void> {
  let piece = "";
  for (const part of longStreamParts(size)) {
    piece += part;
    if (piece.length < 64 * 1024) continue;
    if (!stdin.write(piece)) await once(stdin, "drain");
    piece = "";
  }
  stdin.end(piece);
}

if (import.meta.main) {
  const large = process.argv.includes("--large");
  for (const row of await benchMemory(large ? [1024 * MIB, 4096 * MIB] : undefined)) {
    const verdict = row.ratio <= row.aim ? "aim" : row.ratio <= row.gate ? "gate" : "ABOVE";
    console.log(`${row.what.padEnd(90)} ${row.ratio.toFixed(2)}  ${verdict}  ${row.ours} (${row.theirs})`);
  }
}
