import { join } from "node:path";
import { encodeSample, type Mutant } from "@ssert/fuzz";
import { checkNewTape, createTape } from "@ssert/tape";
import { syntheticHeader } from "./synthetic-header.ts";

/** A broken stream that is to be a tape. */
export interface MutantTape {
  /** Of the tape, without `.sse`; it may lie in a folder of its own. */
  readonly name: string;
  readonly mutant: Mutant;
}

export interface WrittenMutant {
  readonly path: string;
  readonly rule: string;
  /** Number of the event at which the rule is broken; null: at the end of the stream, or by the response. */
  readonly event: number | null;
  readonly change: string;
}

/** Between two events, where their times do not matter. */
const EVENT_EVERY_US = 5_000;

/** Writes broken streams as synthetic tapes. None is written if one of them would be replaced without leave. */
export async function writeMutants(
  tapes: readonly MutantTape[],
  { dir, force, protocol }: { readonly dir: string; readonly force: boolean; readonly protocol: string },
): Promise<readonly WrittenMutant[]> {
  const named = tapes.map(({ name, mutant }) => ({ path: join(dir, `${name}.sse`), mutant }));
  if (!force) for (const { path } of named) await checkNewTape(path);
  const written: WrittenMutant[] = [];
  for (const { path, mutant } of named) {
    await writeMutant(path, mutant, force, protocol);
    written.push({ path, rule: mutant.rule, event: mutant.at ?? null, change: mutant.change });
  }
  return written;
}

async function writeMutant(path: string, mutant: Mutant, force: boolean, protocol: string): Promise<void> {
  const writer = await createTape(path, syntheticHeader(protocol, mutant.response), { force });
  const { chunks, closedAtUs } = chunksOf(mutant);
  let start = 0;
  let lastUs = 0;
  for (const { end, atUs } of chunks) {
    if (!writer.append(mutant.bytes.subarray(start, end), atUs - lastUs)) await writer.drained();
    start = end;
    lastUs = atUs;
  }
  await writer.finish("eof", closedAtUs);
}

/** An event a chunk; where the framing is broken, all at once. */
function chunksOf({ arrivals, events, bytes }: Mutant): NonNullable<Mutant["arrivals"]> {
  if (arrivals !== undefined) return arrivals;
  let end = 0;
  let atUs = 0;
  const chunks = (events ?? []).map((event) => {
    end += encodeSample([event]).length;
    atUs += EVENT_EVERY_US;
    return { end, atUs };
  });
  if (end < bytes.length) chunks.push({ end: bytes.length, atUs: atUs + EVENT_EVERY_US });
  return { chunks, closedAtUs: atUs + EVENT_EVERY_US };
}
