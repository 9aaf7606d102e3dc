import { join } from "node:path";
import { createTape } from "@ssert/tape";
import { CHUNK_EVERY_US, freeName } from "../counterexample/save.ts";
import type { ConsumerFinding } from "./consumer.ts";

interface SaveOptions {
  readonly dir: string;
  readonly tool?: string;
  readonly now?: () => Date;
  readonly protocol: string;
  readonly seed: number;
}

/** Keeps the stream of a finding as a tape, chunk by chunk, and returns its path. Nothing is overwritten. */
export async function saveConsumerFinding(
  { claim, rule, chunks }: ConsumerFinding,
  { dir, tool = "ssert", now = () => new Date(), protocol, seed }: SaveOptions,
): Promise<string> {
  const name = ["consumer", claim, ...(rule === undefined ? [] : rule.split("/"))].join("--");
  const path = `${await freeName(join(dir, name))}.sse`;
  const tape = await createTape(path, {
    ssert: 1,
    recordedAt: now().toISOString(),
    tool: `${tool} checkConsumer seed ${seed}`,
    provenance: "synthetic",
    boundaries: "exact",
    protocol,
    response: { status: 200, headers: { "content-type": "text/event-stream" } },
  });
  for (const chunk of chunks) if (!tape.append(chunk, CHUNK_EVERY_US)) await tape.drained();
  await tape.finish("eof", chunks.length * CHUNK_EVERY_US);
  return path;
}
