import { join } from "node:path";
import { type Mutant, sentMutant, writeSyntheticTape } from "@ssert/fuzz";
import { checkNewTape } from "@ssert/tape";
import { tool } from "../version.ts";

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

/** Writes broken streams as synthetic tapes. None is written if one of them would be replaced without leave. */
export async function writeMutants(
  tapes: readonly MutantTape[],
  { dir, force, protocol }: { readonly dir: string; readonly force: boolean; readonly protocol: string },
): Promise<readonly WrittenMutant[]> {
  const named = tapes.map(({ name, mutant }) => ({ path: join(dir, `${name}.sse`), mutant }));
  if (!force) for (const { path } of named) await checkNewTape(path);
  const written: WrittenMutant[] = [];
  for (const { path, mutant } of named) {
    await writeSyntheticTape(path, sentMutant(mutant), { tool, protocol, force });
    written.push({ path, rule: mutant.rule, event: mutant.at ?? null, change: mutant.change });
  }
  return written;
}
