import { openTape, type Tape } from "@ssert/tape";
import type { Shows } from "../adapters/adapter.ts";
import { type Case, fromChunks } from "../case/case.ts";

/** What a tape says of the finding that it was made from. */
export interface FindingFacts {
  /** As the command line called it. */
  readonly target: string;
  readonly property: string;
  readonly seed: number;
  /** fast-check's path to it; empty where the parser was lost. */
  readonly path: string;
  /** What the run was told that the target's API shows, if anything. */
  readonly shows?: Partial<Shows>;
  /** Where the stream is cut, if chunks are empty: a tape has none that are. */
  readonly cuts?: readonly number[];
}

/** A counterexample on disk; or any tape, which then says nothing of where it came from. */
export interface SavedTape {
  /** The `.sse`. */
  readonly file: string;
  readonly facts?: FindingFacts;
  readonly case: Case;
}

// A tape's header has a line for what made it: a tool and, for us, the command by which it finds the same again.
const marker = " fuzz ";

/** The header's `tool` of a counterexample; `tool` is the program's name and version. */
export function toolLine(tool: string, facts: FindingFacts): string {
  return `${tool}${marker}${JSON.stringify(facts)}`;
}

/** Reads a tape as a case: its chunks are the case's. A bare `.sse` is one chunk, or as many as it is read in. */
export async function openSavedTape(path: string): Promise<SavedTape> {
  const tape = await openTape(path);
  const chunks: Uint8Array[] = [];
  for await (const { bytes } of tape.chunks()) chunks.push(bytes);
  const facts = factsOf(tape);
  const read = fromChunks(chunks);
  return { file: tape.path, ...(facts && { facts }), case: { ...read, cuts: facts?.cuts ?? read.cuts } };
}

function factsOf({ header }: Tape): FindingFacts | undefined {
  const at = header?.tool.indexOf(marker) ?? -1;
  if (header === undefined || at === -1) return undefined;
  try {
    const facts: unknown = JSON.parse(header.tool.slice(at + marker.length));
    return isFacts(facts) ? facts : undefined;
  } catch {
    return undefined;
  }
}

function isFacts(value: unknown): value is FindingFacts {
  if (typeof value !== "object" || value === null) return false;
  const { target, property, seed, path, shows = {}, cuts = [] }: Partial<Record<keyof FindingFacts, unknown>> = value;
  if (typeof shows !== "object" || shows === null) return false;
  if (!Array.isArray(cuts) || !cuts.every((cut) => typeof cut === "number")) return false;
  return (
    typeof target === "string" && typeof property === "string" && typeof seed === "number" && typeof path === "string"
  );
}
