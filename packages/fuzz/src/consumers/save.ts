import { join } from "node:path";
import { freeName } from "../counterexample/save.ts";
import { sentInChunks } from "../sent/sent-stream.ts";
import { writeSyntheticTape } from "../sent/write-tape.ts";
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
  { dir, tool = "ssert", now, protocol, seed }: SaveOptions,
): Promise<string> {
  const name = ["consumer", claim, ...(rule === undefined ? [] : rule.split("/"))].join("--");
  const path = `${await freeName(join(dir, name))}.sse`;
  await writeSyntheticTape(path, sentInChunks(chunks), { tool: `${tool} checkConsumer seed ${seed}`, protocol, now });
  return path;
}
