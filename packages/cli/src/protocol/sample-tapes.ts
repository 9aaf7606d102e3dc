import { join } from "node:path";
import { encodeSample, type SampleEvent, sentInChunks, writeSyntheticTape } from "@ssert/fuzz";
import { checkNewTape } from "@ssert/tape";
import type { Terminal } from "../terminal.ts";
import { tool } from "../version.ts";

/** A made stream that is to be a tape. */
export interface SampleTape {
  /** Of the tape, without `.sse`; it may lie in a folder of its own. */
  readonly name: string;
  readonly make: () => readonly SampleEvent[];
}

export interface WrittenSample {
  readonly path: string;
  readonly events: number;
  readonly bytes: number;
}

interface WriteOptions {
  readonly dir: string;
  /** Replace tapes of the same names. */
  readonly force: boolean;
  /** As a tape's header names it. */
  readonly protocol: string;
  readonly terminal: Terminal;
}

/** A terminal shows no more than this many steps a run. */
const STEPS = 100;

/** Writes made streams as synthetic tapes. None is written if one of them would be replaced without leave. */
export async function writeSamples(
  tapes: readonly SampleTape[],
  { dir, force, protocol, terminal }: WriteOptions,
): Promise<readonly WrittenSample[]> {
  const paths = tapes.map(({ name }) => join(dir, `${name}.sse`));
  if (!force) for (const path of paths) await checkNewTape(path);
  const written: WrittenSample[] = [];
  const step = Math.max(1, Math.floor(tapes.length / STEPS));
  try {
    for (const [index, tape] of tapes.entries()) {
      if (index % step === 0) terminal.progress(`stream ${index + 1} of ${tapes.length}`);
      written.push(await writeSample(paths[index] ?? "", tape.make(), { force, protocol }));
    }
  } finally {
    terminal.progress("");
  }
  return written;
}

async function writeSample(
  path: string,
  events: readonly SampleEvent[],
  options: { readonly force: boolean; readonly protocol: string },
): Promise<WrittenSample> {
  const stream = sentInChunks(events.map((event) => encodeSample([event])));
  await writeSyntheticTape(path, stream, { ...options, tool });
  return { path, events: events.length, bytes: stream.bytes.length };
}
