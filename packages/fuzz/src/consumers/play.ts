import { inspect } from "node:util";
import type { Consumer, Outcome } from "./consumer.ts";

/** Gives a consumer some chunks and waits for what it makes of them. */
export async function play<Result>(
  consume: Consumer<Result>,
  chunks: readonly Uint8Array[],
  patienceMs: number,
): Promise<Outcome<Result>> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<Outcome<Result>>((resolve) => {
    timer = setTimeout(() => resolve({ kind: "hung" }), patienceMs);
  });
  const done = outcomeOf(async () => await consume(each(chunks)));
  try {
    return await Promise.race([done, patience]);
  } finally {
    clearTimeout(timer);
  }
}

async function outcomeOf<Result>(run: () => Promise<Result>): Promise<Outcome<Result>> {
  try {
    return { kind: "result", result: await run() };
  } catch (error) {
    return { kind: "error", error };
  }
}

/** Each chunk is a copy of its own, as they come from a socket: a consumer may keep or change it. */
async function* each(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield new Uint8Array(chunk);
}

const SHOWN = 300;

export function describeOutcome<Result>(outcome: Outcome<Result>): string {
  if (outcome.kind === "hung") return "neither a result nor an error";
  if (outcome.kind === "error") return `the error ${shorten(String(outcome.error))}`;
  return `the result ${shorten(inspect(outcome.result, { breakLength: Number.POSITIVE_INFINITY, depth: 6 }))}`;
}

function shorten(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
